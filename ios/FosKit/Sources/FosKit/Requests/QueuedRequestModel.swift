import FosCore
import Observation

/// Screen of a queued request, read-only. It stays queued unless the member confirms that they edit it.
@MainActor @Observable public final class QueuedRequestModel: StoredScreenModel {
  /// Actions of the member.
  public enum Action {
    /// Asks, then takes it back and opens its form.
    case edit
    /// Answers what is asked.
    case answer(Bool)
    case back
  }

  /// The view, or the error in its place.
  public let read: StoredView<QueuedRequestView>
  /// Question before it is taken back.
  public private(set) var question: QuestionView?
  /// Returns the entry to its draft.
  public let returningToDraft: AsyncAction

  private let key: String
  private let environment: AppEnvironment
  private let requests: Requests

  init(_ key: String, _ environment: AppEnvironment) {
    self.key = key
    self.environment = environment
    let requests = environment.fos.requests()
    self.requests = requests
    read = StoredView { try requests.queuedRequest(key: key) }
    returningToDraft = AsyncAction(environment)
  }

  public let name = "queued-request"
  public var actions: [AsyncAction] { [returningToDraft] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .edit: question = read.view?.editQuestion
    case .answer(let confirmed): answer(confirmed)
    case .back: environment.navigate(to: .back)
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    guard confirmed else { return }
    returningToDraft.run { [environment, key] in
      environment.navigate(to: .edit(try await environment.returnToDraft(key)))
    }
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    read.read { [requests, key] in try requests.queuedRequest(key: key) }
  }
}
