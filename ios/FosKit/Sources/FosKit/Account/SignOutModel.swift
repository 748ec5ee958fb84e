import FosCore
import Observation

/// Model of the question before signing out with unsent work.
@MainActor @Observable public final class SignOutModel: StoredScreenModel {
  public enum Action {
    /// Signs out: keeps or erases what waits, or sends it and leaves once it is sent.
    case leave(UnsentWork)
  }

  /// The question, or the reason for which nothing can be asked.
  public let read: StoredView<SignOutConfirmation?>
  public var view: SignOutConfirmation? { read.view ?? nil }
  /// Answer that was given last.
  public private(set) var answer: UnsentWork?
  public let leaving = AsyncAction()

  private let environment: AppEnvironment

  init(_ asked: SignOutConfirmation, _ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(asked, of: []) { [environment] in
      try environment.account.signOutConfirmation()
    }
  }

  public let name = "sign-out"
  public var actions: [AsyncAction] { [leaving] }

  public func send(_ action: Action) {
    switch action {
    case .leave(let unsent):
      guard !isRunning else { return }
      answer = unsent
      leaving.run(environment) { [weak self] in
        do {
          try await $0.account.signOut(unsent: unsent)
        } catch {
          self?.look()
          throw error
        }
      }
    }
  }

  public func update(_ changes: Set<Change>) {
    // An answer is on its way: what it came to is read when it has ended.
    if !isRunning, !changes.isDisjoint(with: [.requests, .language]) { look() }
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
