import FosCore
import Observation

/// Model of the question before signing out with unsent work.
@MainActor @Observable public final class SignOutModel: StoredScreenModel {
  public enum Action {
    /// Signs out: keeps what waits, sends it and leaves once it is sent, or asks and then erases it.
    case leave(UnsentWork)
  }

  /// The question, or the reason for which nothing can be asked.
  public let read: StoredView<SignOutConfirmation?>
  public var view: SignOutConfirmation? { read.view ?? nil }
  /// Answer that was given last.
  public private(set) var answer: UnsentWork?
  public let leaving = AsyncAction()
  public var question: QuestionView? { isAsking ? view?.eraseQuestion : nil }

  private var isAsking = false
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
    case .leave(.erase): isAsking = true
    case .leave(let unsent): leave(unsent)
    }
  }

  public func answer(_ confirmed: Bool) {
    guard isAsking else { return }
    isAsking = false
    if confirmed { leave(.erase) }
  }

  private func leave(_ unsent: UnsentWork) {
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

  public func update(_ changes: Set<Change>) {
    // A running answer reads the question itself when it has ended.
    if !isRunning, !changes.isDisjoint(with: [.requests, .language]) { look() }
  }

  /// Reads the question again, without the work that was sent meanwhile.
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
