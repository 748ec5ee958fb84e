import FosCore
import Observation

/// Guide step 6: the charter is read to its end, then refused or accepted. Later it is there to be read.
@MainActor @Observable public final class CharterModel: ScreenModel {
  public enum Action {
    case reachedEnd, accept, refuse
    /// Article that is the first in sight.
    case showed(article: Int)
    /// Scrolling has ended.
    case rested
    case retry
  }

  public private(set) var view: CharterView?
  public private(set) var finished = false
  public private(set) var question: QuestionView?
  public let reading = AsyncAction()
  public let accepting = AsyncAction()
  public let refusing = AsyncAction()

  private let environment: AppEnvironment
  private let due: Bool
  /// Article at which the member reads, and the one that is stored.
  private var place: UInt32 = 0
  private var storedPlace: UInt32 = 0

  init(_ environment: AppEnvironment, due: Bool) {
    self.environment = environment
    self.due = due
    name = due ? "charter" : "charter-reading"
    load()
  }

  public let name: String
  public var actions: [AsyncAction] { [reading, accepting, refusing] }

  public func send(_ action: Action) {
    switch action {
    case .reachedEnd: finished = view != nil
    case .accept: accepting.run(environment) { try await $0.access.acceptCharter() }
    case .showed(let article): place = UInt32(article)
    case .rested: keepPlace()
    case .refuse: question = view?.refuseQuestion
    case .retry: load()
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    if confirmed { refusing.run(environment) { try await $0.access.refuseCharter() } }
  }

  public func didClose() {
    answer(false)
    clearErrors()
    keepPlace()
  }

  public func update(_ changes: Set<Change>) {
    // Once it is answered, the page closes and fetches nothing more.
    guard view != nil, isOpen else { return }
    // The stage changes with a new version.
    if !changes.isDisjoint(with: [.language, .stage]) { load() }
  }

  private var isOpen: Bool { environment.core.stage == (due ? .charter : .space) }

  /// Stores the place for the next time.
  private func keepPlace() {
    guard let edition = view?.edition, place != storedPlace, isOpen else { return }
    storedPlace = place
    environment.access.keepCharterPlace(edition: edition, article: place)
  }

  /// Another version is to be read from its beginning; in another language it is the same text.
  private func load() {
    reading.run(environment) { [weak self] in
      let new = try await $0.access.charter()
      guard let self, new != view else { return }
      if new.edition != view?.edition {
        finished = false
        (place, storedPlace) = (new.place, new.place)
      }
      view = new
    }
  }
}
