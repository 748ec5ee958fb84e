import FosCore
import Observation

/// List of the member's requests: drafts, queued ones, those on file.
@MainActor @Observable public final class RequestsModel: ListModel {
  public enum Action {
    case refresh
    case open(RequestTarget)
    case services, profile
  }

  public let read: StoredView<RequestsView>
  public let refreshing = AsyncAction()
  public let returningToDraft = AsyncAction()

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(of: [.requests, .catalogue, .language]) {
      try environment.requests.list()
    }
  }

  public let name = "requests"
  public var actions: [AsyncAction] { [returningToDraft, refreshing] }

  /// Fetches without a problem of its own: the member did not ask for it, and the notices tell.
  public var problem: String? {
    returningToDraft.problem ?? (refreshing.isQuiet ? nil : refreshing.problem)
  }

  public func send(_ action: Action) {
    switch action {
    case .refresh: fetch(quiet: false)
    case .open(let target): open(target)
    case .services: environment.router?.show(.services)
    case .profile: environment.present(.profile(ProfileModel(environment)))
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
