import FosCore
import Observation

/// Nobody can be let in now: why, until when, and what to do. The view is ``Live/gate``.
@MainActor @Observable public final class GateModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// The one button: opens the shop, or looks again.
    case act
  }

  /// Reason that blocks the app.
  public var view: BlockingView? { live.gate }
  /// The work of looking again.
  public let looking: Act

  private let live: Live

  init(_ live: Live) {
    self.live = live
    looking = Act(live)
  }

  public let name = "gate"
  public var acts: [Act] { [looking] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .act:
      if let link = view?.link {
        live.system.open(link: link)
      } else {
        looking.run { [live] in try await live.fos.recheck() }
      }
    }
  }

  public func hear(_ changes: Set<Change>) {}
}
