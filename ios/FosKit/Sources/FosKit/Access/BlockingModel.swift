import FosCore
import Observation

/// Screen in place of sign-in during maintenance or when an update is required: reason, time, action. The view is ``CoreState/blockingScreen``.
@MainActor @Observable public final class BlockingModel: ScreenModel {
  public enum Action {
    case act
  }

  public var view: BlockingView? { environment.core.blockingScreen }
  public let looking = AsyncAction()

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) { self.environment = environment }

  public let name = "gate"
  public var actions: [AsyncAction] { [looking] }

  public func send(_ action: Action) {
    switch action {
    case .act:
      if let link = view?.link {
        environment.system.open(link: link)
      } else {
        looking.run(environment) { try await $0.fos.recheck() }
      }
    }
  }
}
