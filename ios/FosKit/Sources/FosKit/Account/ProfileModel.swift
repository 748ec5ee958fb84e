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
  public let changingLanguage: AsyncAction
  public let changingTheme: AsyncAction
  public let leaving: AsyncAction

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(of: [.stage, .notices, .language, .theme, .catalogue]) {
      try environment.account.profile()
    }
    (changingLanguage, changingTheme, leaving) = (
      AsyncAction(environment), AsyncAction(environment), AsyncAction(environment)
    )
  }

  public let name = "profile"
  public var actions: [AsyncAction] { [leaving, changingLanguage, changingTheme] }

  public func send(_ action: Action) {
    switch action {
    case .changePassword:
      environment.push(
        .changePassword(FormModel(environment.access.changePassword(), environment)))
    case .devices: environment.push(.devices(DevicesModel(environment)))
    case .charter: environment.push(.charterReading(CharterModel(environment, due: false)))
    case .help: environment.push(.help(HelpModel(environment)))
    case .language: speak()
    case .choose(let theme): choose(theme)
    case .copy: if let ppr = read.view?.ppr { environment.system.copy(ppr.copied) }
    case .signOut: signOut()
    }
  }

  /// Asks first where something was not sent.
  private func signOut() {
    leaving.run { [self] in
      if let asked = try await offMainActor(environment.account.signOutConfirmation) {
        guard environment.shows(self) else { return }
        return environment.push(.signOut(SignOutModel(asked, environment)))
      }
      try await environment.account.signOut(unsent: .keep)
    }
  }

  private func choose(_ theme: FosTheme) {
    changingTheme.run { [environment] in
      try await offMainActor { [fos = environment.fos] in try fos.setTheme(theme: theme) }
    }
  }

  private func speak() {
    guard let other = read.view?.other else { return }
    changingLanguage.run { [environment] in try await environment.setLanguage(other) }
  }
}
