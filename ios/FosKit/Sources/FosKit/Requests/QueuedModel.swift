import FosCore
import Observation

/// A request that waits to be sent, to be read. It goes on waiting, unless the member confirms that they edit it.
@MainActor @Observable public final class QueuedModel: Screen {
  /// Acts of the member here.
  public enum Action {
    /// Asks, then takes it back and opens its form.
    case edit
    /// Answers what is asked.
    case answer(Bool)
    case back
  }

  /// The page, or why there is none.
  public private(set) var read: Read<QueuedRequestView>
  /// Question before it is taken back.
  public private(set) var question: QuestionView?
  /// The work of taking it back.
  public let takingBack: Act

  private let key: String
  private let live: Live
  private let requests: Requests

  init(_ key: String, _ live: Live) {
    self.key = key
    self.live = live
    let requests = live.fos.requests()
    self.requests = requests
    read = Read { try requests.queuedRequest(key: key) }
    takingBack = Act(live)
  }

  public let name = "queued-request"
  public var acts: [Act] { [takingBack] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .edit: question = read.view?.editQuestion
    case .answer(let confirmed): answer(confirmed)
    case .back: live.go(.back)
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    guard confirmed else { return }
    takingBack.run { [live, key] in live.go(.edit(try await live.takeBack(key))) }
  }

  public func hear(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    let now = Read { try requests.queuedRequest(key: key) }
    if now != read { read = now }
  }
}
