import FosCore
import Observation

/// Model of the question before signing out with unsent work.
@MainActor @Observable public final class SignOutModel: StoredScreenModel {
  public enum Action {
    /// Sends what waits, and signs out once it has left.
    case sendNow
    case keep, erase
  }

  /// The question, or the reason for which nothing can be asked.
  public let read: StoredView<SignOutConfirmation?>
  public var view: SignOutConfirmation? { read.view ?? nil }
  /// Sign out: after sending, keeping or erasing the unsent work.
  public let sending = AsyncAction()
  public let keeping = AsyncAction()
  public let erasing = AsyncAction()

  private let environment: AppEnvironment

  init(_ asked: SignOutConfirmation, _ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(asked, of: []) { [environment] in
      try environment.account.signOutConfirmation()
    }
  }

  public let name = "sign-out"
  public var actions: [AsyncAction] { [sending, keeping, erasing] }

  public func send(_ action: Action) {
    switch action {
    case .sendNow: leave(.sendNow, sending)
    case .keep: leave(.keep, keeping)
    case .erase: leave(.erase, erasing)
    }
  }

  public func update(_ changes: Set<Change>) {
    // An answer is on its way: what it came to is read when it has ended.
    if !isRunning, !changes.isDisjoint(with: [.requests, .language]) { look() }
  }

  private func leave(_ unsent: UnsentWork, _ act: AsyncAction) {
    clearErrors()
    act.run(environment) { [weak self] in
      do {
        try await $0.account.signOut(unsent: unsent)
      } catch {
        self?.look()
        throw error
      }
    }
  }

  /// Reads the question again: work that was sent meanwhile is asked about no more.
  private func look() {
    read.readAgain()
    Task {
      await read.waitUntilRead()
      if read.view == .some(nil) {
        environment.router?.current.front.path.removeAll { $0 == .signOut(self) }
      }
    }
  }
}
