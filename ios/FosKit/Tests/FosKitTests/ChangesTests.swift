import FosCore
import Testing

@testable import FosKit

@MainActor @Suite(.timeLimit(.minutes(1))) struct ChangesTests {
  private let folder = Folder()

  @Test func whoWatchesHearsOfEverythingOnceAndThenOfWhatChanges() async throws {
    let fos = try await open()
    let changes = Changes(of: fos)
    var heard = changes.makeAsyncIterator()
    try await take(
      [.stage, .notices, .language, .theme, .catalogue, .form, .requests], from: &heard)
    try await speak(.ar, fos)
    try await take([.language], from: &heard)
  }

  @Test func whatChangesWhileNobodyListensIsToldOnce() async throws {
    let fos = try await open()
    let changes = Changes(of: fos)
    for language in [Language.ar, .fr, .ar, .fr, .ar] {
      try await speak(language, fos)
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
    let fos = try await open()
    let changes = Changes(of: fos)
    changes.stop()
    try await speak(.ar, fos)
    var elements = 0
    for await _ in changes { elements += 1 }
    #expect(elements <= 1)
  }

  @Test func theCoreForgetsWhoStoppedWatching() async throws {
    let fos = try await open()
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
    let changes = Changes(of: try await open())
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

  @Test func theScreensReadChangesOfTheBackgroundWhenTheAppIsBack() async throws {
    let app = try await app(in: folder, portal: "http://127.0.0.1:9")
    let fos = try #require(app.environment).fos
    let signIn = try #require(app.router.screen as? SignInModel)
    let before = signIn.view
    await app.pause()
    try await speak(.ar, fos)
    try await until { app.core?.language == .ar }
    #expect(signIn.view == before)
    app.send(.resume)
    #expect(signIn.view != before)
  }

  private func open() async throws -> Fos {
    try await OpenedCore.open(
      Config(dataDir: folder.path, portal: "http://127.0.0.1:9", appVersion: "0.1.0"),
      on: Platform(device: "iPhone", language: "fr-MA", system: "ios"), withNewFiles: false
    ).fos
  }

  private func speak(_ language: Language, _ fos: Fos) async throws {
    try await offMainActor { try fos.setLanguage(language: language) }
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
