import FosCore
import Observation

/// Start of a request, which «+» opens: the papers to prepare, and the way to the form. The guide ends here.
@MainActor @Observable public final class StartRequestModel: StoredScreenModel {
  public enum Action {
    case fill, earlier
    /// Asks, then drops what was filled in and opens the form empty.
    case startOver
    case close
  }

  public let read: StoredView<StartView>
  public private(set) var question: QuestionView?
  public let discardingDraft = AsyncAction()

  private let id: String
  private let environment: AppEnvironment

  init(_ id: String, _ environment: AppEnvironment) {
    self.id = id
    self.environment = environment
    read = StoredView(of: [.catalogue, .requests, .language]) {
      try environment.services.start(id: id)
    }
  }

  public let name = "start"
  public var actions: [AsyncAction] { [discardingDraft] }

  /// Page that replaces this one if it has nothing to tell.
  var replacement: Page? {
    guard read.view?.fillAtOnce == true else { return nil }
    return .requestForm(RequestFormModel(id, environment))
  }

  public func send(_ action: Action) {
    switch action {
    case .fill: environment.push(.requestForm(RequestFormModel(id, environment)))
    case .earlier:
      if let earlier = read.view?.earlier {
        environment.push(.request(RequestModel(earlier.id, environment)))
      }
    case .startOver: question = read.view?.startOverQuestion
    case .close: environment.back()
    }
  }

  public func answer(_ confirmed: Bool) {
    guard question != nil else { return }
    question = nil
    guard confirmed else { return }
    discardingDraft.run(environment) { [self] environment in
      try await environment.discardDraft(of: id)
      guard environment.shows(self) else { return }
      environment.push(.requestForm(RequestFormModel(id, environment)))
    }
  }
}
