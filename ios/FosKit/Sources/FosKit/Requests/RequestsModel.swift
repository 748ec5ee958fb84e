import FosCore
import Observation

/// List of the member's requests: drafts, queued ones, those on file.
@MainActor @Observable public final class RequestsModel: ListModel {
  public enum Action {
    case refresh
    case open(RequestTarget)
    /// Asks, then deletes the draft.
    case delete(DeleteDraftView)
    case services, profile
  }

  public let read: StoredView<RequestsView>
  public let refreshing = AsyncAction()
  public let returningToDraft = AsyncAction()
  public let deletingDraft = AsyncAction()

  /// Draft that the question is about.
  private var deletion: DeleteDraftView?

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(of: [.requests, .catalogue, .language]) {
      try environment.requests.list()
    }
  }

  public let name = "requests"
  public var actions: [AsyncAction] { [returningToDraft, deletingDraft, refreshing] }
  public var question: QuestionView? { deletion?.question }

  /// Fetches without showing an error: the member did not ask for it, and a notice reports it.
  public var problem: String? {
    returningToDraft.problem ?? deletingDraft.problem
      ?? (refreshing.isQuiet ? nil : refreshing.problem)
  }

  public func send(_ action: Action) {
    switch action {
    case .refresh: fetch(quiet: false)
    case .open(let target): open(target)
    case .delete(let draft): deletion = draft
    case .services: environment.router?.show(.services)
    case .profile: environment.present(.profile(ProfileModel(environment)))
    }
  }

  public func answer(_ confirmed: Bool) {
    guard let service = deletion?.service else { return }
    deletion = nil
    guard confirmed else { return }
    // Its form may show beside the list.
    environment.router?.current.path.removeAll { $0.isForm(of: service) }
    deletingDraft.run(environment) { environment in
      try await environment.discardDraft(of: service)
    }
  }

  private func open(_ target: RequestTarget) {
    switch target {
    case .form(let service):
      environment.select(.requestForm(RequestFormModel(service, environment)))
    case .request(let id): environment.select(.request(RequestModel(id, environment)))
    case .queued(let key): environment.select(.queued(QueuedRequestModel(key, environment)))
    case .outboxEntry(let key):
      returningToDraft.run(environment) { [self] environment in
        let service = try await environment.returnToDraft(key)
        guard environment.shows(self) else { return }
        environment.select(.requestForm(RequestFormModel(service, environment)))
      }
    }
  }

  public func fetch(quiet: Bool) {
    refreshing.run(environment, quiet: quiet) { try await $0.requests.refresh() }
  }
}
