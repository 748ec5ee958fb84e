import FosCore
import Observation

/// Guide step 6: the charter is read to its end, then refused or accepted. Later it is there to be read.
@MainActor @Observable public final class CharterModel: ScreenModel {
  public enum Action {
    case reachedEnd, accept, refuse
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
    case .refuse: question = view?.refuseQuestion
    case .retry: load()
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    if confirmed { refusing.run(environment) { try await $0.access.refuseCharter() } }
  }

  public func update(_ changes: Set<Change>) {
    // On its way out, once it was answered, it has nothing more to fetch.
    guard view != nil, !due || environment.core.stage == .charter else { return }
    // Of a new version the stage tells.
    if !changes.isDisjoint(with: [.language, .stage]) { load() }
  }

  /// Another version is to be read from its beginning; in another language it is the same text.
  private func load() {
    reading.run(environment) { [weak self] in
      let new = try await $0.access.charter()
      guard let self, new != view else { return }
      if new.edition != view?.edition { finished = false }
      view = new
    }
  }
}
