import FosCore
import Foundation

/// Environment that the models of the screens share, given to each at `init`: the core and its state, the phone's services,
/// navigation.
@MainActor public final class AppEnvironment {
  /// State that every screen shows of the core.
  public let core: CoreState
  /// Drops touches that the member did not mean.
  public let tapGate: TapGate
  let fos: Fos
  let system: any SystemServices
  /// Owned by the ``AppModel``, since it owns the models that have this environment.
  private(set) weak var router: AppRouter?

  init(
    _ opened: OpenedCore, system: any SystemServices, router: AppRouter,
    touchClock: @escaping () -> UInt64
  ) {
    fos = opened.fos
    core = CoreState(opened)
    tapGate = TapGate(now: touchClock)
    self.system = system
    self.router = router
  }

  nonisolated var access: Access { fos.access() }
  nonisolated var services: Services { fos.services() }
  nonisolated var requests: Requests { fos.requests() }
  nonisolated var account: Account { fos.account() }

  /// Reads what every screen shows, and shows the screen of the stage.
  func read() {
    core.read()
    router?.showStage(in: self)
  }

  /// Reads again what has changed, on every screen.
  func update(_ changes: Set<Change>) {
    core.update(changes)
    router?.showStage(in: self)
    router?.update(changes)
  }

  /// Shows a page over the screen that shows.
  func push(_ page: Page) { router?.push(page) }

  /// Shows a page of a list, which may stay beside it: in place of the one that shows.
  func select(_ page: Page) { router?.push(page, replacing: true) }

  func present(_ sheet: Page) { router?.present(sheet) }

  /// Shows the form that asks for a password. Who came from it to the sign-in goes back: a password was asked for already.
  func requestPassword() {
    if case .signIn = router?.current.path.last { return back() }
    push(.form(FormModel(access.passwordRequest(), self)))
  }

  /// Presents the sheet that signs in again, unless it is open; only to a signed-in member, since in other stages an ended
  /// session leads to sign-in.
  func signInAgain() {
    guard core.stage == .space, let front = router?.current.front else { return }
    if case .signInAgain = front.sheet { return }
    front.sheet = .signInAgain(FormModel(access.signInAgain(), self))
  }

  /// True while this screen is in front: what was done for it may end when the member has left it.
  func shows(_ screen: any ScreenModel) -> Bool { router?.screen === screen }

  /// Previews a file that the core has stored, unless the member has left the screen that it was fetched for.
  func show(_ file: FileView, from screen: any ScreenModel) {
    if shows(screen) { router?.current.front.document = URL(filePath: file.path) }
  }

  /// Offers a file, or a text, to other apps; under the same condition.
  func share(_ file: FileView, from screen: any ScreenModel) {
    if shows(screen) { router?.current.front.shared = .file(URL(filePath: file.path)) }
  }

  func share(_ text: String) { router?.current.front.shared = .text(text) }

  /// Copies the text, and confirms it.
  func copy(_ text: String) {
    system.copy(text)
    router?.current.front.toast = Toast(text: core.phrase(.copied))
  }

  func back() { router?.back() }

  /// Stores the member's language; the screens follow by its ``Change``.
  func setLanguage(_ language: Language) async throws {
    try await offMainActor { [fos] in try fos.setLanguage(language: language) }
  }

  func discardDraft(of service: String) async throws {
    try await offMainActor { try requests.discardDraft(service: service) }
  }

  /// Returns an entry of the outbox to its draft; returns the service.
  func returnToDraft(_ key: String) async throws -> String {
    try await offMainActor { try requests.returnToDraft(key: key) }
  }
}

/// Runs a call that reads or writes files or secrets, off the main actor.
@concurrent func offMainActor<Value: Sendable>(
  _ call: @Sendable () throws -> Value
) async rethrows -> Value {
  try call()
}
