import FosCore
import Observation

/// Screen of a request on file: number, state, receipt.
@MainActor @Observable public final class RequestModel: StoredScreenModel {
  public enum Action {
    case copy, receipt, share
  }

  public let read: StoredView<RequestView>
  public let fetching = AsyncAction()
  public let sharing = AsyncAction()

  private let id: String
  private let environment: AppEnvironment

  init(_ id: String, _ environment: AppEnvironment) {
    self.id = id
    self.environment = environment
    read = StoredView(of: [.requests, .catalogue, .language]) {
      try environment.requests.request(id: id)
    }
    environment.requests.fetchAnswers(id: id)
  }

  public let name = "request"
  public var actions: [AsyncAction] { [fetching, sharing] }

  /// Waits for a running refresh before it reports not-found, since a link may name a newer request.
  public func waitUntilRead() async {
    await read.waitUntilRead()
    guard read.view == nil, let list = environment.router?.root.space?.requests else { return }
    await list.refreshing.waitUntilFinished()
    environment.requests.fetchAnswers(id: id)
    read.readAgain()
    await read.waitUntilRead()
  }

  public func send(_ action: Action) {
    switch action {
    case .copy: if let number = read.view?.number { environment.copy(number.copied) }
    case .receipt:
      fetching.run(environment) { [self] in
        $0.show(try await $0.requests.receipt(id: id), from: self)
      }
    case .share:
      sharing.run(environment) { [self] in
        $0.share(try await $0.requests.receipt(id: id), from: self)
      }
    }
  }
}
