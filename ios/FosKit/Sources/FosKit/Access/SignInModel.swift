import FosCore
import Observation

/// Guide steps 1, 2 and 5: sign-in.
@MainActor @Observable public final class SignInModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// On to the form that asks for a password.
    case ask
    /// The other language.
    case language
    case back
  }

  /// View of what surrounds the form.
  public private(set) var view: WelcomeView
  /// PPR, password, robot box.
  public let form: FormModel
  /// Changes the language.
  public let changingLanguage: AsyncAction

  private let core: CoreState

  init(_ core: CoreState) {
    self.core = core
    view = core.fos.access().welcome()
    form = FormModel(core.fos.access().signIn(), core)
    changingLanguage = AsyncAction(core)
  }

  public var name: String { form.name }
  public var actions: [AsyncAction] { form.actions + [changingLanguage] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .ask: core.navigate(.passwordRequest)
    case .language: changingLanguage.run { [core, view] in try await core.setLanguage(view.other) }
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {
    form.update(changes)
    if changes.contains(.language) { view = core.fos.access().welcome() }
  }

  public func didClose() {
    form.didClose()
    clearErrors()
  }
}
