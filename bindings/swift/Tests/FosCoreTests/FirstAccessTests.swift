import FosCore
import Foundation
import Testing

/// The API's shape as Swift sees it: asks for the password, reads the mail, signs in, and stands before the charter.
/// `fos-journeys host` runs it beside a portal.
@Test func aMemberSignsInFromSwift() async throws {
  let portal = try word("FOS_PORTAL")
  let data = try word("FOS_DATA")
  let mail = try word("FOS_MAIL_DIR")
  let fos = try Fos.open(
    config: Config(dataDir: data, portal: portal, appVersion: "0.1.0"),
    platform: Platform(device: "iPhone", language: "fr-MA"))
  #expect(fos.stage() == .welcome)

  let changes = Changes()
  let subscription = fos.observe(observer: changes)
  defer { subscription.stop() }

  let request = fos.access().passwordRequest()
  for (key, input) in [
    ("kind", "active"), ("ppr", "0123456"), ("cin", "AB123456"),
    ("email", "membre.essai@finances.test"),
  ] {
    _ = request.set(key: key, input: input)
  }
  try await request.submit(secrets: [])
  #expect(fos.stage() == .passwordSent)

  let password = try await mailedPassword(in: mail)
  let signIn = fos.access().signIn()
  _ = signIn.set(key: "captcha", input: "true")
  try await until { signIn.view().fields.contains { $0.captcha == .done } }
  try await signIn.submit(secrets: [SecretInput(key: "password", value: password)])
  #expect(fos.stage() == .charter)
  #expect(changes.heard.contains(.stage))

  let charter = try await fos.access().charter()
  #expect(!charter.articles.isEmpty)
}

/// A wrong password arrives as an error with finished words.
@Test func aRefusalIsSaidInTheMembersLanguage() async throws {
  let data = try word("FOS_DATA") + "-refused"
  let fos = try Fos.open(
    config: Config(dataDir: data, portal: try word("FOS_PORTAL"), appVersion: "0.1.0"),
    platform: Platform(device: "iPhone", language: "fr-MA"))
  let signIn = fos.access().signIn()
  _ = signIn.set(key: "ppr", input: "0123456")
  _ = signIn.set(key: "captcha", input: "true")
  try await until { signIn.view().fields.contains { $0.captcha == .done } }
  do {
    try await signIn.submit(secrets: [SecretInput(key: "password", value: "pas-celui-ci")])
    Issue.record("a wrong password was taken")
  } catch FosError.Refused(let text) {
    #expect(text.contains("mot de passe"))
  }
  #expect(fos.stage() == .welcome)
}

/// Collects changes, which the core reports on a thread of its own.
private final class Changes: Observer, @unchecked Sendable {
  private let lock = NSLock()
  private var changes: [Change] = []

  var heard: [Change] { lock.withLock { changes } }

  func onChange(change: Change) {
    lock.withLock { changes.append(change) }
  }
}

private struct Missing: Error {
  let what: String
}

private func word(_ name: String) throws -> String {
  guard let value = ProcessInfo.processInfo.environment[name] else {
    throw Missing(what: "\(name): run this by `cargo xtask test`")
  }
  return value
}

/// The line of the letter that stands alone and holds no space: the password.
private func mailedPassword(in folder: String) async throws -> String {
  var letter: String?
  try await until {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    letter = names.first { $0.hasSuffix(".txt") }
      .flatMap { try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    return letter != nil
  }
  let lines = (letter ?? "").split(whereSeparator: \.isNewline).map(String.init)
  guard let password = lines.first(where: { $0.contains("-") && !$0.contains(" ") }) else {
    throw Missing(what: "a password in the mail")
  }
  return password
}

private func until(_ wanted: () -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(30)
  while !wanted() {
    guard ContinuousClock.now < deadline else { throw Missing(what: "in time") }
    try await Task.sleep(for: .milliseconds(20))
  }
}
