import FosCore
import Testing

@testable import FosKit

@MainActor @Suite(.timeLimit(.minutes(1))) struct ChangesTests {
  private let folder = Folder()

  @Test func whoWatchesHearsOfEverythingOnceAndThenOfWhatChanges() async throws {
    let fos = try open()
    let changes = Changes(of: fos)
    var heard = changes.makeAsyncIterator()
    try await take(
      [.stage, .notices, .language, .theme, .catalogue, .form, .requests], from: &heard)
    try fos.setLanguage(language: .ar)
    try await take([.language], from: &heard)
  }

  @Test func whatChangesWhileNobodyListensIsToldOnce() async throws {
    let fos = try open()
    let changes = Changes(of: fos)
    for language in [Language.ar, .fr, .ar, .fr, .ar] {
      try fos.setLanguage(language: language)
    }
    // A second watcher is greeted after the first was observer of all that.
    var last = Changes(of: fos).makeAsyncIterator()
    try await take(
      [.stage, .notices, .language, .theme, .catalogue, .form, .requests], from: &last)
    var heard = changes.makeAsyncIterator()
    let whole = await heard.next()
    #expect(whole == [.stage, .notices, .language, .theme, .catalogue, .form, .requests])
    changes.stop()
    #expect(await heard.next() == nil)
  }

  @Test func watchingEndsWhenItIsStopped() async throws {
    let fos = try open()
    let changes = Changes(of: fos)
    changes.stop()
    try fos.setLanguage(language: .ar)
    var elements = 0
    for await _ in changes { elements += 1 }
    #expect(elements <= 1)
  }

  @Test func theCoreForgetsWhoStoppedWatching() async throws {
    let fos = try open()
    weak var observer: (any Observer)?
    let changes = Changes(watching: {
      observer = $0
      return fos.observe(observer: $0)
    })
    #expect(observer != nil)
    changes.stop()
    try await until { observer == nil }
  }

  @Test func watchingEndsWithTheTaskThatListened() async throws {
    let changes = Changes(of: try open())
    let listening = Task { for await _ in changes {} }
    listening.cancel()
    await listening.value
    for await _ in changes { Issue.record("it went on") }
  }

  @Test func anAppThatIsLetGoOfIsNotHeldByItsWatching() async throws {
    weak var left: AppModel?
    do {
      let app = try await app(in: folder, portal: "http://127.0.0.1:9")
      try await until { !app.isRunning }
      left = app
    }
    try await until { left == nil }
  }

  private func open() throws -> Fos {
    try Fos.open(
      config: Config(dataDir: folder.path, portal: "http://127.0.0.1:9", appVersion: "0.1.0"),
      platform: Platform(device: "iPhone", language: "fr-MA", system: "ios"))
  }

  /// Until all of these were heard, in however many elements.
  private func take(
    _ wanted: Set<Change>, from heard: inout AsyncStream<Set<Change>>.Iterator
  ) async throws {
    var missing = wanted
    while !missing.isEmpty {
      missing.subtract(try #require(await heard.next(isolation: #isolation)))
    }
  }
}
