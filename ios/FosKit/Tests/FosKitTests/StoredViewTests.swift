import Dispatch
import FosCore
import Testing

@testable import FosKit

/// Views that are read from the core's files, off the main actor.
@MainActor @Suite(.timeLimit(.minutes(1))) struct StoredViewTests {
  @Test func whileAViewIsReadAgainTheOneBeforeStays() async {
    let stored = StoredView(of: []) { 1 }
    #expect(stored.view == nil && stored.isReading)
    await stored.waitUntilRead()
    let gate = Gate()
    stored.read = { gate.wait(then: 2) }
    #expect(stored.view == 1 && stored.isReading)
    gate.open()
    await stored.waitUntilRead()
    #expect(stored.view == 2 && !stored.isReading)
  }

  @Test func theReadThatIsAskedForLastIsTheOneThatShows() async {
    let gate = Gate()
    let stored = StoredView(of: []) { gate.wait(then: "t") }
    for text in ["tu", "tun"] { stored.read = { text } }
    gate.open()
    await stored.waitUntilRead()
    #expect(stored.view == "tun")
  }

  @Test func aFileReadOnTheMainActorIsRefused() async throws {
    let folder = Folder()
    let fos = try #require(try await app(in: folder, portal: nowhere).environment).fos
    markUiThread()
    #expect(throws: (any Error).self) { try fos.setLanguage(language: .ar) }
    try await offMainActor { try fos.setLanguage(language: .ar) }
    #expect(fos.language() == .ar)
  }

  @Test func anErrorShowsInPlaceOfTheView() async {
    let stored = StoredView<Int>(of: []) { throw FosError.Storage(text: "لا مكان") }
    await stored.waitUntilRead()
    #expect(stored.view == nil && stored.problem == "لا مكان")
  }
}

/// Holds a read until it is opened.
private final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func wait<Value>(then value: Value) -> Value {
    semaphore.wait()
    return value
  }

  func open() {
    semaphore.signal()
  }
}
