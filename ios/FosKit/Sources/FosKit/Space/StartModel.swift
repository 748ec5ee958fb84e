import FosCore
import Observation

/// Start of a request, which «+» opens: the papers to prepare, and the way to the form. The guide ends here.
@MainActor @Observable public final class StartModel: Screen {
  /// Acts of the member here.
  public enum Action {
    /// On to the form, begun or not.
    case fill
    /// To the earlier request that the page tells of.
    case earlier
    /// Asks, then drops what was filled in and opens the form empty.
    case anew
    /// Answers what is asked.
    case answer(Bool)
    case close
  }

  /// The page, or why there is none.
  public private(set) var read: Read<StartView>
  /// Question before dropping the answers.
  public private(set) var question: QuestionView?
  /// The work of dropping what was filled in.
  public let dropping: Act

  private let id: String
  private let live: Live
  private let services: Services

  init(_ id: String, _ live: Live) {
    self.id = id
    self.live = live
    let services = live.fos.services()
    self.services = services
    read = Read { try services.start(id: id) }
    dropping = Act(live)
  }

  public let name = "start"
  public var acts: [Act] { [dropping] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .fill: live.go(.requestForm(id))
    case .earlier: if let earlier = read.view?.earlier { live.go(.request(earlier.id)) }
    case .anew: question = read.view?.startOverQuestion
    case .answer(let confirmed): answer(confirmed)
    case .close: live.go(.back)
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    guard confirmed else { return }
    dropping.run { [live, id] in
      try await live.drop(draftOf: id)
      live.go(.requestForm(id))
    }
  }

  public func hear(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.catalogue, .requests, .language]) else { return }
    let now = Read { try services.start(id: id) }
    if now != read { read = now }
  }
}
