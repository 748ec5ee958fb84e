import FosCore
import Observation

/// Sheet of the profile: the member, language and theme, sign-out.
@MainActor @Observable public final class ProfileModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    case changePassword, devices, charter, help
    /// The other language.
    case language
    /// Light, dark, or as the phone is.
    case choose(Theme)
    /// The member's number, onto the clipboard.
    case copy
    case signOut
    case close
  }

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<ProfileView>
  /// Changes the language.
  public let changingLanguage: AsyncAction
  /// Changes the theme.
  public let changingTheme: AsyncAction
  /// Signs out.
  public let leaving: AsyncAction

  private let core: CoreState
  private let account: Account

  init(_ core: CoreState) {
    self.core = core
    let account = core.fos.account()
    self.account = account
    read = ReadResult { try account.profile() }
    (changingLanguage, changingTheme, leaving) = (
      AsyncAction(core), AsyncAction(core), AsyncAction(core)
    )
  }

  public let name = "profile"
  public var actions: [AsyncAction] { [leaving, changingLanguage, changingTheme] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .changePassword: core.navigate(.changePassword)
    case .devices: core.navigate(.devices)
    case .charter: core.navigate(.charter)
    case .help: core.navigate(.help)
    case .language: speak()
    case .choose(let theme): changingTheme.run { [core] in try await core.setTheme(theme) }
    case .copy: if let ppr = read.view?.ppr { core.system.copy(ppr.copied) }
    case .signOut: signOut()
    case .close: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {
    let now = ReadResult { try account.profile() }
    if now != read { read = now }
  }

  /// Asks first where something was not sent.
  private func signOut() {
    leaving.run { [account, core] in
      if let asked = try account.signOutConfirmation() { return core.navigate(.signOut(asked)) }
      try await account.signOut(unsent: .keep)
    }
  }

  private func speak() {
    guard let other = read.view?.other else { return }
    changingLanguage.run { [core] in try await core.setLanguage(other) }
  }
}
