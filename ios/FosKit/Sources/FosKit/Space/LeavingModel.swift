import FosCore
import Observation

/// Signing out with work that was not sent: over the profile, before anything is lost.
@MainActor @Observable public final class LeavingModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// Sends what waits, and signs out once it has left.
    case sendNow
    /// Keeps it on the phone for the same member.
    case keep
    case erase
    case back
  }

  /// The question, or the reason for which nothing can be asked.
  public private(set) var read: Read<SignOutConfirmation>
  /// The work of each answer.
  public let sending, keeping, erasing: Act

  private let live: Live
  private let account: Account

  init(_ asked: SignOutConfirmation, _ live: Live) {
    self.live = live
    account = live.fos.account()
    read = Read { asked }
    (sending, keeping, erasing) = (Act(live), Act(live), Act(live))
  }

  public let name = "sign-out"
  public var acts: [Act] { [sending, keeping, erasing] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .sendNow: leave(.sendNow, sending)
    case .keep: leave(.keep, keeping)
    case .erase: leave(.erase, erasing)
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    // An answer is on its way: what it came to is read when it has ended.
    if !working, !changes.isDisjoint(with: [.requests, .language]) { look() }
  }

  private func leave(_ unsent: UnsentWork, _ act: Act) {
    settle()
    act.run { [account, weak self] in
      do {
        try await account.signOut(unsent: unsent)
      } catch {
        self?.look()
        throw error
      }
    }
  }

  /// Reads the question again: work that was sent meanwhile is asked about no more.
  private func look() {
    do {
      guard let asked = try account.signOutConfirmation() else { return live.go(.asked(self)) }
      let now = Read { asked }
      if now != read { read = now }
    } catch {
      read = Read { throw error }
    }
  }
}
