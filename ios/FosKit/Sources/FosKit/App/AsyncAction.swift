import FosCore
import Observation

/// Work that a button starts: whether it runs, and the error of its last run.
@MainActor @Observable public final class AsyncAction {
  public private(set) var isRunning = false
  /// Problem of the last run, in the member's language.
  public private(set) var problem: String?
  /// True if the member did not ask for the last run.
  private(set) var isQuiet = false

  @ObservationIgnored private var runs = 0
  @ObservationIgnored private var task: Task<Void, Never>?

  /// Runs `work`, unless it runs already: a second touch does nothing, but after a `quiet` run comes the one that the member
  /// asks for. If the session has ended, asks them to sign in again, unless it is quiet.
  func run(
    _ environment: AppEnvironment, quiet: Bool = false,
    _ work: @escaping @MainActor (AppEnvironment) async throws -> Void
  ) {
    guard !isRunning || isQuiet && !quiet else { return }
    isRunning = true
    isQuiet = quiet
    problem = nil
    runs += 1
    task = Task { [before = task, runs] in
      await before?.value
      let stage = environment.core.stage
      var failure: (any Error)?
      do { try await work(environment) } catch { failure = error }
      guard runs == self.runs else { return }
      isRunning = false
      environment.read()
      if let failure { failed(failure, in: stage, environment) }
    }
  }

  public func waitUntilFinished() async { await task?.value }

  func clearError() { problem = nil }

  private func failed(_ error: any Error, in stage: Stage, _ environment: AppEnvironment) {
    guard let text = FosError.text(of: error) else { return }
    // The failure has changed the stage: its screen is gone, so a toast shows the error.
    guard environment.core.stage == stage else {
      environment.router?.current.front.toast = Toast(text: text, isProblem: true)
      return
    }
    // To a signed-in member a notice reports the ended session.
    if case FosError.SignInAgain = error, stage == .space {
      if !isQuiet { environment.signInAgain() }
    } else {
      problem = text
    }
  }
}
