import FosCore
import Observation

/// Sheet of the profile: the member, language and theme, sign-out.
@MainActor @Observable public final class ProfileModel: StoredScreenModel {
  public enum Action {
    case changePassword, devices, charter, help, language
    case choose(FosTheme)
    case copy, signOut
  }

  public let read: StoredView<ProfileView>
  /// Pages over it, on the same sheet.
  public let pages = Router()
  public let changingLanguage = AsyncAction()
  public let changingTheme = AsyncAction()
  public let leaving = AsyncAction()

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(of: [.stage, .notices, .language, .theme, .catalogue]) {
      try environment.account.profile()
    }
  }

  public let name = "profile"
  public var actions: [AsyncAction] { [leaving, changingLanguage, changingTheme] }

  public func send(_ action: Action) {
    switch action {
    case .changePassword:
      environment.push(.form(FormModel(environment.access.changePassword(), environment)))
    case .devices: environment.push(.devices(DevicesModel(environment)))
    case .charter: environment.push(.charter(CharterModel(environment, due: false)))
    case .help: environment.push(.help(HelpModel(environment)))
    case .language:
      guard let other = read.view?.other else { return }
      changingLanguage.run(environment) { try await $0.setLanguage(other) }
    case .choose(let theme):
      changingTheme.run(environment) { environment in
        try await offMainActor { [fos = environment.fos] in try fos.setTheme(theme: theme) }
      }
    case .copy: if let ppr = read.view?.ppr { environment.copy(ppr.copied) }
    case .signOut: signOut()
    }
  }

  /// Asks first where something was not sent.
  private func signOut() {
    leaving.run(environment) { [self] environment in
      if let asked = try await offMainActor(environment.account.signOutConfirmation) {
        guard environment.shows(self) else { return }
        return environment.push(.signOut(SignOutModel(asked, environment)))
      }
      try await environment.account.signOut(unsent: .keep)
    }
  }
}
