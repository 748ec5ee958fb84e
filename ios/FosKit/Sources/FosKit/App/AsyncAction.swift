import FosCore
import Observation

/// Work that a button starts: whether it runs, and the error of its last run.
@MainActor @Observable public final class AsyncAction {
  public private(set) var isRunning = false
  /// Problem of the last run, in the member's language.
  public private(set) var problem: String?

  private let environment: AppEnvironment
  @ObservationIgnored private var task: Task<Void, Never>?

  init(_ environment: AppEnvironment) { self.environment = environment }

  /// Runs `work`, unless it runs already: a second touch does nothing. If the session has ended, asks the member to sign in
  /// again, but not for work that they did not start (`quiet`).
  func run(quiet: Bool = false, _ work: @escaping @MainActor () async throws -> Void) {
    guard !isRunning else { return }
    isRunning = true
    problem = nil
    let stage = environment.core.stage
    task = Task {
      var failure: (any Error)?
      do { try await work() } catch { failure = error }
      isRunning = false
      environment.read()
      if let failure { failed(failure, in: stage, quiet: quiet) }
    }
  }

  public func waitUntilFinished() async { await task?.value }

  func clearError() { problem = nil }

  private func failed(_ error: any Error, in stage: Stage, quiet: Bool) {
    guard let text = FosError.text(of: error) else { return }
    // The failure has changed the stage: its screen is gone, so a toast shows the error.
    guard environment.core.stage == stage else {
      environment.router?.current.front.toast = text
      return
    }
    // To a signed-in member a notice reports the ended session.
    if case FosError.SignInAgain = error, stage == .space {
      if !quiet { environment.signInAgain() }
    } else {
      problem = text
    }
  }
}
