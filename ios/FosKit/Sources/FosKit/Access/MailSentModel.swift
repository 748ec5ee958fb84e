import FosCore
import Observation

/// Guide step 4: the mail is on its way.
@MainActor @Observable public final class MailSentModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// On to the sign-in form.
    case signIn
    /// Back to the form, filled as it was.
    case correct
    /// Another mail.
    case askAgain
  }

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<PasswordSentView>
  /// Returns to the request, to correct the address.
  public let correcting: AsyncAction
  /// Asks for another mail.
  public let asking: AsyncAction

  private let core: CoreState
  private let access: Access
  @ObservationIgnored private var clock: Task<Void, Never>?

  init(_ core: CoreState) {
    self.core = core
    let access = core.fos.access()
    self.access = access
    read = ReadResult { try access.passwordSent() }
    correcting = AsyncAction(core)
    asking = AsyncAction(core)
    clock = Task { [weak self] in
      // Sleep fails once the screen was left, and nothing else ends it.
      while (try? await Task.sleep(for: .seconds(1))) != nil { self?.look() }
    }
  }

  deinit {
    clock?.cancel()
  }

  public let name = "mail-sent"
  public var actions: [AsyncAction] { [correcting, asking] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .signIn: core.navigate(.signIn)
    case .correct:
      correcting.run { [core, access] in
        try await access.correctAddress()
        // The stage leads to the sign-in screen; the address is corrected where it was typed.
        core.read()
        core.navigate(.passwordRequest)
      }
    case .askAgain:
      asking.run { [access, weak self] in
        try await access.requestAgain()
        self?.look()
      }
    }
  }

  public func update(_ changes: Set<Change>) {
    look()
  }

  public func didClose() {
    clearErrors()
    clock?.cancel()
  }

  private func look() {
    if core.isInBackground { return }
    let now = ReadResult { try access.passwordSent() }
    if now != read { read = now }
  }
}
