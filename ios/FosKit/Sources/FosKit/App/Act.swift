import FosCore
import Observation

/// One button's work: under way or not, and what went wrong the last time.
@MainActor @Observable public final class Act {
  /// True while it runs.
  public private(set) var working = false
  /// Problem of the last run, in the member's language.
  public private(set) var problem: String?

  private let live: Live
  @ObservationIgnored private var task: Task<Void, Never>?

  init(_ live: Live) {
    self.live = live
  }

  /// Runs `work`, unless it runs already: a second touch does nothing. Where the session turns out to have ended, the
  /// member is asked to sign in again; not for what they did not ask for themselves (`quiet`).
  func run(quiet: Bool = false, _ work: @escaping @MainActor () async throws -> Void) {
    guard !working else { return }
    working = true
    problem = nil
    let stage = live.stage
    task = Task {
      defer { working = false }
      do {
        try await work()
        live.read()
      } catch {
        live.read()
        failed(error, in: stage, quiet: quiet)
      }
    }
  }

  /// Waits until what is under way has ended.
  public func ended() async {
    await task?.value
  }

  /// Forgets what went wrong: its screen was left, or the member has gone on.
  func settle() {
    problem = nil
  }

  private func failed(_ error: any Error, in stage: Stage, quiet: Bool) {
    guard let error = error as? FosError else { return }
    // Where the failure led to another stage, its own screen is no more there to say why.
    guard live.stage == stage else { return live.tell(error.text) }
    // In the space a notice says it, for as long as it is so.
    if case .SignInAgain = error, stage == .space {
      if !quiet { live.go(.signInAgain) }
    } else {
      problem = error.text
    }
  }
}
