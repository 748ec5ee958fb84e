import FosCore
import Observation

/// Guide step 8: the services, found by words or by category.
@MainActor @Observable public final class ServicesModel: Screen {
  /// Actions of the member.
  public enum Action {
    case search(String)
    /// One of the filters, by its key.
    case choose(category: String)
    /// Pulled down, or tried again; ``ServicesModel/refreshing`` tells when it has ended.
    case refresh
    case open(_ id: String)
    /// «+».
    case start(_ id: String)
    case profile
  }

  /// The list, or why there is none.
  public private(set) var read: Read<ServicesView>
  /// Text of the search.
  public private(set) var search = ""
  /// The work of fetching what is new.
  public let refreshing: Act

  private var category = ""
  private var asked = false
  private let live: Live
  private let services: Services

  init(_ live: Live) {
    self.live = live
    let services = live.fos.services()
    self.services = services
    read = Read { try services.list(text: "", category: "") }
    refreshing = Act(live)
    fetch(quiet: true)
  }

  public let name = "services"
  public var acts: [Act] { [refreshing] }

  /// Fetches without a problem of its own unless there is nothing else to show: the member did not ask for it, and the notices tell.
  public var problem: String? {
    asked || read.view?.loading == true ? refreshing.problem : nil
  }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .search(let text):
      search = text
      list()
    case .choose(let key):
      category = key
      list()
    case .refresh: fetch(quiet: false)
    case .open(let id): live.go(.service(id))
    case .start(let id): live.go(.start(id))
    case .profile: live.go(.profile)
    }
  }

  public func hear(_ changes: Set<Change>) {
    if !changes.isDisjoint(with: [.catalogue, .language]) { list() }
  }

  private func list() {
    let now = Read { try services.list(text: search, category: category) }
    if now != read { read = now }
  }

  private func fetch(quiet: Bool) {
    asked = !quiet
    refreshing.run(quiet: quiet) { [services] in
      try await quiet ? services.refreshIfStale() : services.refresh()
    }
  }
}
