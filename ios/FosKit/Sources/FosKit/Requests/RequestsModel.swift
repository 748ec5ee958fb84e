import FosCore
import Observation

/// List of the member's requests: drafts, queued ones, those on file.
@MainActor @Observable public final class RequestsModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// Pulled down, or tried again; ``RequestsModel/refreshing`` tells when it has ended.
    case refresh
    /// Page that a card leads to.
    case open(RequestTarget)
    /// On to the services, where a request begins.
    case services
    case profile
  }

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<RequestsView>
  /// Fetches what is new.
  public let refreshing: AsyncAction
  /// Returns an entry of the outbox to its draft.
  public let returningToDraft: AsyncAction

  private var asked = false
  private let core: CoreState
  private let requests: Requests

  init(_ core: CoreState) {
    self.core = core
    let requests = core.fos.requests()
    self.requests = requests
    read = ReadResult { try requests.list() }
    (refreshing, returningToDraft) = (AsyncAction(core), AsyncAction(core))
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
    case .services: core.navigate(.destination(.services))
    case .profile: core.navigate(.profile)
    }
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    let now = ReadResult { try requests.list() }
    if now != read { read = now }
  }

  /// The member has come here: looks for what is new.
  func look() {
    fetch(quiet: true)
  }

  private func open(_ target: RequestTarget) {
    switch target {
    case .form(let service): core.navigate(.requestForm(service))
    case .request(let id): core.navigate(.request(id))
    case .queued(let key): core.navigate(.queued(key))
    case .outboxEntry(let key):
      returningToDraft.run { [core] in
        core.navigate(.requestForm(try await core.returnToDraft(key)))
      }
    }
  }

  private func fetch(quiet: Bool) {
    asked = !quiet
    refreshing.run(quiet: quiet) { [requests] in try await requests.refresh() }
  }
}
