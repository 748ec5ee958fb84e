import FosCore
import Observation

/// Screen in place of sign-in during maintenance or when an update is required: reason, time, action. The view is ``CoreState/blockingScreen``.
@MainActor @Observable public final class BlockingModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// The one button: opens the shop, or looks again.
    case act
  }

  /// Reason that blocks the app.
  public var view: BlockingView? { core.blockingScreen }
  /// Rechecks what blocks the app.
  public let looking: AsyncAction

  private let core: CoreState

  init(_ core: CoreState) {
    self.core = core
    looking = AsyncAction(core)
  }

  public let name = "gate"
  public var actions: [AsyncAction] { [looking] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .act:
      if let link = view?.link {
        core.system.open(link: link)
      } else {
        looking.run { [core] in try await core.fos.recheck() }
      }
    }
  }

  public func update(_ changes: Set<Change>) {}
}
