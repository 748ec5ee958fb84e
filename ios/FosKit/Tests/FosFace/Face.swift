import FosCore
import FosKit
import Foundation

/// The models as a face without a screen: finds the runner at `FOS_FACE_ADDRESS`, opens the app on `FOS_DATA` and
/// answers until it is told to quit (`tests/journeys/README.md`, «What a face implements»).
@main struct Face {
  @MainActor static func main() async throws {
    let environment = ProcessInfo.processInfo.environment
    func word(_ name: String) throws -> String {
      guard let value = environment[name] else { throw Missing(what: name) }
      return value
    }
    let config = Config(
      dataDir: try word("FOS_DATA"), portal: try word("FOS_PORTAL"), appVersion: "0.1.0",
      portalKey: try word("FOS_CONFIG_KEY"), extraRoot: environment["FOS_EXTRA_ROOT"],
      clockFile: environment["FOS_CLOCK_FILE"])
    let platform = Platform(device: "iPhone", language: try word("FOS_LANGUAGE"), system: "ios")
    let phone = ModelDriver(config, platform)
    let runner = try RunnerConnection(to: try word("FOS_FACE_ADDRESS"))
    try runner.say(["face": "swift", "system": platform.system])
    for await line in runner.lines {
      let verb = try JSONDecoder().decode(Verb.self, from: Data(line.utf8))
      do {
        try runner.say(try await phone.perform(verb))
      } catch let refused as Refused {
        try runner.say(Answer(ok: false, why: refused.why))
      }
      if verb.verb == "quit" { break }
    }
  }
}

/// A word that the runner should have put into the environment.
struct Missing: Error {
  let what: String
}

/// Refusal of a verb that cannot be done on this screen.
struct Refused: Error {
  let why: String
}

/// Request of the runner.
struct Verb: Decodable {
  let verb: String
  let field, text, on, to: String?
  let after: UInt64?
}

/// Response to the runner; the second half to `see` only.
struct Answer: Encodable {
  var ok = true
  var why: String?
  var skipped = false
  var screen: String?
  var texts: [String]?
  var fields: [String: String]?
  var busy: Bool?
  var opened: [String]?
  var copied: String?
}
