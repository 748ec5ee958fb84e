import FosCore
import Observation

/// Behind the member's picture: who they are here, their language, the way out.
@MainActor @Observable public final class ProfileModel: Screen {
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

  /// The sheet, or why there is none.
  public private(set) var read: Read<ProfileView>
  /// The work of the language's button.
  public let speaking: Act
  /// The work of choosing light or dark.
  public let shading: Act
  /// The work of signing out.
  public let leaving: Act

  private let live: Live
  private let account: Account

  init(_ live: Live) {
    self.live = live
    let account = live.fos.account()
    self.account = account
    read = Read { try account.profile() }
    (speaking, shading, leaving) = (Act(live), Act(live), Act(live))
  }

  public let name = "profile"
  public var acts: [Act] { [leaving, speaking, shading] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .changePassword: live.go(.changePassword)
    case .devices: live.go(.devices)
    case .charter: live.go(.charter)
    case .help: live.go(.help)
    case .language: speak()
    case .choose(let theme): shading.run { [live] in try await live.shade(theme) }
    case .copy: if let ppr = read.view?.ppr { live.system.copy(ppr.copied) }
    case .signOut: signOut()
    case .close: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    let now = Read { try account.profile() }
    if now != read { read = now }
  }

  /// Asks first where something was not sent.
  private func signOut() {
    leaving.run { [account, live] in
      if let asked = try account.signOutConfirmation() { return live.go(.signOut(asked)) }
      try await account.signOut(unsent: .keep)
    }
  }

  private func speak() {
    guard let other = read.view?.other else { return }
    speaking.run { [live] in try await live.speak(other) }
  }
}
