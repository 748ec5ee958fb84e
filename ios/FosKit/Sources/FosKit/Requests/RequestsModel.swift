import FosCore
import Observation

/// My requests: what is being filled in, what waits to be sent, what is on file.
@MainActor @Observable public final class RequestsModel: Screen {
  /// Acts of the member here.
  public enum Action {
    /// Pulled down, or tried again; ``RequestsModel/refreshing`` tells when it has ended.
    case refresh
    /// Page that a card leads to.
    case open(RequestTarget)
    /// On to the services, where a request begins.
    case services
    case profile
  }

  /// The list, or why there is none.
  public private(set) var read: Read<RequestsView>
  /// The work of fetching what is new.
  public let refreshing: Act
  /// The work of taking one back before it is sent.
  public let takingBack: Act

  private var asked = false
  private let live: Live
  private let requests: Requests

  init(_ live: Live) {
    self.live = live
    let requests = live.fos.requests()
    self.requests = requests
    read = Read { try requests.list() }
    (refreshing, takingBack) = (Act(live), Act(live))
  }

  public let name = "requests"
  public var acts: [Act] { [takingBack, refreshing] }

  /// Fetches without a problem of its own: the member did not ask for it, and the notices tell.
  public var problem: String? {
    takingBack.problem ?? (asked ? refreshing.problem : nil)
  }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .refresh: fetch(quiet: false)
    case .open(let lead): open(lead)
    case .services: live.go(.place(.services))
    case .profile: live.go(.profile)
    }
  }

  public func hear(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    let now = Read { try requests.list() }
    if now != read { read = now }
  }

  /// The member has come here: looks for what is new.
  func look() {
    fetch(quiet: true)
  }

  private func open(_ lead: RequestTarget) {
    switch lead {
    case .form(let service): live.go(.requestForm(service))
    case .request(let id): live.go(.request(id))
    case .queued(let key): live.go(.queued(key))
    case .outboxEntry(let key):
      takingBack.run { [live] in live.go(.requestForm(try await live.takeBack(key))) }
    }
  }

  private func fetch(quiet: Bool) {
    asked = !quiet
    refreshing.run(quiet: quiet) { [requests] in try await requests.refresh() }
  }
}
