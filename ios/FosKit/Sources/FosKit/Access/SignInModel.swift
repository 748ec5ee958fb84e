import FosCore
import Observation

/// Guide steps 1, 2 and 5: sign-in.
@MainActor @Observable public final class SignInModel: ScreenModel {
  public enum Action {
    case ask, language
  }

  public private(set) var view: WelcomeView
  public let form: FormModel
  public let changingLanguage = AsyncAction()

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    view = environment.access.welcome()
    form = FormModel(environment.access.signIn(), environment)
  }

  public var name: String { form.name }
  public var actions: [AsyncAction] { form.actions + [changingLanguage] }

  public func send(_ action: Action) {
    switch action {
    case .ask: environment.requestPassword()
    case .language:
      changingLanguage.run(environment) { [view] in try await $0.setLanguage(view.other) }
    }
  }

  public func update(_ changes: Set<Change>) {
    form.update(changes)
    if changes.contains(.language) { view = environment.access.welcome() }
  }

  public func didClose() {
    form.didClose()
    clearErrors()
  }
}
