import FosCore
import Observation

/// List of the member's requests: drafts, queued ones, those on file.
@MainActor @Observable public final class RequestsModel: StoredScreenModel {
  /// Actions of the member.
  public enum Action {
    /// Fetches again after a failure.
    case refresh
    /// Page that a card leads to.
    case open(RequestTarget)
    /// On to the services, where a request begins.
    case services
    case profile
  }

  /// The view, or the error in its place.
  public let read: StoredView<RequestsView>
  /// Fetches what is new.
  public let refreshing: AsyncAction
  /// Returns an entry of the outbox to its draft.
  public let returningToDraft: AsyncAction

  private var asked = false
  private let environment: AppEnvironment
  private let requests: Requests

  init(_ environment: AppEnvironment) {
    self.environment = environment
    let requests = environment.fos.requests()
    self.requests = requests
    read = StoredView { try requests.list() }
    (refreshing, returningToDraft) = (AsyncAction(environment), AsyncAction(environment))
  }

  public let name = "requests"
  public var actions: [AsyncAction] { [returningToDraft, refreshing] }

  /// Fetches without a problem of its own: the member did not ask for it, and the notices tell.
  public var problem: String? {
    returningToDraft.problem ?? (asked ? refreshing.problem : nil)
  }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .refresh: fetch(quiet: false)
    case .open(let target): open(target)
    case .services: environment.navigate(to: .destination(.services))
    case .profile: environment.navigate(to: .profile)
    }
  }

  /// Fetches what is new, and waits until that has ended: the list was pulled down.
  public func refresh() async {
    fetch(quiet: false)
    await refreshing.waitUntilFinished()
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    read.read { [requests] in try requests.list() }
  }

  private func open(_ target: RequestTarget) {
    switch target {
    case .form(let service): environment.navigate(to: .requestForm(service))
    case .request(let id): environment.navigate(to: .request(id))
    case .queued(let key): environment.navigate(to: .queued(key))
    case .outboxEntry(let key):
      returningToDraft.run { [environment] in
        environment.navigate(to: .requestForm(try await environment.returnToDraft(key)))
      }
    }
  }

  /// Fetches what is new; quietly where the member has only come here.
  func fetch(quiet: Bool) {
    asked = !quiet
    refreshing.run(quiet: quiet) { [requests] in try await requests.refresh() }
  }
}
