import FosCore
import Observation

/// Guide step 4: the mail is on its way.
@MainActor @Observable public final class MailSentModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// On to the sign-in form.
    case haveIt
    /// Back to the form, filled as it was.
    case correct
    /// Another mail.
    case askAgain
  }

  /// The screen, or why there is none.
  public private(set) var read: Read<PasswordSentView>
  /// The work of correcting the address.
  public let correcting: Act
  /// The work of asking for another mail.
  public let asking: Act

  private let live: Live
  private let access: Access
  @ObservationIgnored private var clock: Task<Void, Never>?

  init(_ live: Live) {
    self.live = live
    let access = live.fos.access()
    self.access = access
    read = Read { try access.passwordSent() }
    correcting = Act(live)
    asking = Act(live)
    clock = Task { [weak self] in
      // Sleep fails once the screen was left, and nothing else ends it.
      while (try? await Task.sleep(for: .seconds(1))) != nil { self?.look() }
    }
  }

  deinit {
    clock?.cancel()
  }

  public let name = "mail-sent"
  public var acts: [Act] { [correcting, asking] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .haveIt: live.go(.signIn)
    case .correct:
      correcting.run { [live, access] in
        try await access.correctAddress()
        // The stage leads to the sign-in screen; the address is corrected where it was typed.
        live.read()
        live.go(.passwordRequest)
      }
    case .askAgain:
      asking.run { [access, weak self] in
        try await access.requestAgain()
        self?.look()
      }
    }
  }

  public func hear(_ changes: Set<Change>) {
    look()
  }

  public func leave() {
    settle()
    clock?.cancel()
  }

  private func look() {
    if live.away { return }
    let now = Read { try access.passwordSent() }
    if now != read { read = now }
  }
}
