import FosCore
import Observation

/// Screen of a queued request, read-only. It stays queued unless the member confirms that they edit it.
@MainActor @Observable public final class QueuedRequestModel: StoredScreenModel {
  public enum Action {
    /// Asks, then takes it back and opens its form.
    case edit
  }

  public let read: StoredView<QueuedRequestView>
  public private(set) var question: QuestionView?
  public let returningToDraft = AsyncAction()

  private let key: String
  private let environment: AppEnvironment

  init(_ key: String, _ environment: AppEnvironment) {
    self.key = key
    self.environment = environment
    read = StoredView(of: [.requests, .catalogue, .language]) {
      try environment.requests.queuedRequest(key: key)
    }
  }

  public let name = "queued-request"
  public var actions: [AsyncAction] { [returningToDraft] }

  public func send(_ action: Action) {
    switch action {
    case .edit: question = read.view?.editQuestion
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    guard confirmed else { return }
    returningToDraft.run(environment) { [self] environment in
      let service = try await environment.returnToDraft(key)
      guard environment.shows(self) else { return }
      environment.back()
      environment.push(.requestForm(RequestFormModel(service, environment)))
    }
  }
}
