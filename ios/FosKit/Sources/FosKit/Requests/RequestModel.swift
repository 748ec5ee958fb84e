import FosCore
import Observation

/// Screen of a request on file: number, state, receipt.
@MainActor @Observable public final class RequestModel: StoredScreenModel {
  public enum Action {
    case copy, receipt, share
  }

  public let read: StoredView<RequestView>
  public let fetching: AsyncAction
  public let sharing: AsyncAction

  private let id: String
  private let environment: AppEnvironment

  init(_ id: String, _ environment: AppEnvironment) {
    self.id = id
    self.environment = environment
    read = StoredView(of: [.requests, .catalogue, .language]) {
      try environment.requests.request(id: id)
    }
    (fetching, sharing) = (AsyncAction(environment), AsyncAction(environment))
  }

  public let name = "request"
  public var actions: [AsyncAction] { [fetching, sharing] }

  public func send(_ action: Action) {
    switch action {
    case .copy: if let number = read.view?.number { environment.system.copy(number.copied) }
    case .receipt:
      fetching.run { [environment, id] in
        environment.system.show(document: try await environment.requests.receipt(id: id))
      }
    case .share:
      sharing.run { [environment, id] in
        environment.system.share(document: try await environment.requests.receipt(id: id))
      }
    }
  }
}
