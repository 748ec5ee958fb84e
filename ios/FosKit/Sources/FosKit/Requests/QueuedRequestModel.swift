import FosCore
import Observation

/// Screen of a queued request, read-only. It stays queued unless the member confirms that they edit it.
@MainActor @Observable public final class QueuedRequestModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// Asks, then takes it back and opens its form.
    case edit
    /// Answers what is asked.
    case answer(Bool)
    case back
  }

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<QueuedRequestView>
  /// Question before it is taken back.
  public private(set) var question: QuestionView?
  /// Returns the entry to its draft.
  public let returningToDraft: AsyncAction

  private let key: String
  private let core: CoreState
  private let requests: Requests

  init(_ key: String, _ core: CoreState) {
    self.key = key
    self.core = core
    let requests = core.fos.requests()
    self.requests = requests
    read = ReadResult { try requests.queuedRequest(key: key) }
    returningToDraft = AsyncAction(core)
  }

  public let name = "queued-request"
  public var actions: [AsyncAction] { [returningToDraft] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .edit: question = read.view?.editQuestion
    case .answer(let confirmed): answer(confirmed)
    case .back: core.navigate(.back)
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    guard confirmed else { return }
    returningToDraft.run { [core, key] in core.navigate(.edit(try await core.returnToDraft(key))) }
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    let now = ReadResult { try requests.queuedRequest(key: key) }
    if now != read { read = now }
  }
}
