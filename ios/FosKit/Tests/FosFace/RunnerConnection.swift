import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The line to the runner, over loopback: one JSON object a line each way.
struct RunnerConnection {
  /// Lines that come in.
  let lines: AsyncStream<String>
  private let socket: Int32

  init(to address: String) throws {
    let parts = address.split(separator: ":")
    guard let port = parts.last.flatMap({ UInt16($0) }), parts.first == "127.0.0.1" else {
      throw Missing(what: "an address of loopback: \(address)")
    }
    #if canImport(Glibc)
      let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Missing(what: "the runner at \(address)") }
    self.socket = socket
    lines = Self.read(socket)
  }

  /// Says one thing.
  func say(_ words: some Encodable) throws {
    var bytes = try JSONEncoder().encode(words)
    bytes.append(UInt8(ascii: "\n"))
    try FileHandle(fileDescriptor: socket).write(contentsOf: bytes)
  }

  /// A thread of its own waits for lines: the main actor is the app's.
  private static func read(_ socket: Int32) -> AsyncStream<String> {
    let (lines, heard) = AsyncStream.makeStream(of: String.self)
    Thread.detachNewThread {
      let handle = FileHandle(fileDescriptor: socket)
      var rest = Data()
      while case let more = handle.availableData, !more.isEmpty {
        rest.append(more)
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          heard.yield(String(decoding: rest[..<end], as: UTF8.self))
          rest = Data(rest[rest.index(after: end)...])
        }
      }
      heard.finish()
    }
    return lines
  }
}
