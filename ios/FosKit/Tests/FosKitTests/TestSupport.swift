import FosCore
import Foundation
import Testing

@testable import FosKit

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Test double of the phone's services that records the calls.
final class SystemServicesSpy: SystemServices {
  var links: [String] = []
  var clipboard: String?

  func open(link: String) { links.append(link) }
  func copy(_ text: String) { clipboard = text }
  func licences() async -> Licences {
    let part = Licences.Part(name: "part", version: "1", licence: "MIT", texts: [1])
    return Licences(parts: [part], texts: ["other", "text"])
  }
}

/// A portal that takes what is said to it and never answers.
final class SilentPortal {
  let address: String
  private let socket: Int32

  init() throws {
    #if canImport(Glibc)
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let stands = withUnsafeMutablePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    try #require(stands)
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
  }

  deinit {
    close(socket)
  }
}

/// A folder of its own, which goes with the test.
final class Folder {
  let path = NSTemporaryDirectory() + "foskit-\(UUID().uuidString)"

  deinit {
    // What is not there needs no removing.
    try? FileManager.default.removeItem(atPath: path)
  }
}

@MainActor func app(
  in folder: Folder, portal: String, system: any SystemServices = SystemServicesSpy()
) async throws -> AppModel {
  let app = AppModel(
    config: Config(dataDir: folder.path, portal: portal, appVersion: "0.1.0"),
    platform: Platform(device: "iPhone", language: "fr-MA", system: "ios"), system: system)
  app.send(.open)
  try await until { !app.isRunning }
  _ = try #require(app.core)
  return app
}

/// Looks again until it is so.
@MainActor func until(
  _ wanted: () -> Bool, _ place: SourceLocation = #_sourceLocation
) async throws {
  let deadline = ContinuousClock.now + .seconds(30)
  while !wanted() {
    // Each time: on Linux the main actor changes its thread.
    markUiThread()
    try #require(ContinuousClock.now < deadline, "not in time", sourceLocation: place)
    try await Task.sleep(for: .milliseconds(10))
  }
}
