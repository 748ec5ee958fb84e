import FosCore
import Observation

/// Guide step 8: the services, found by words or by category.
@MainActor @Observable public final class ServicesModel: ScreenModel {
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

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<ServicesView>
  /// Text of the search.
  public private(set) var search = ""
  /// Fetches what is new.
  public let refreshing: AsyncAction

  private var category = ""
  private var asked = false
  private let core: CoreState
  private let services: Services

  init(_ core: CoreState) {
    self.core = core
    let services = core.fos.services()
    self.services = services
    read = ReadResult { try services.list(text: "", category: "") }
    refreshing = AsyncAction(core)
    fetch(quiet: true)
  }

  public let name = "services"
  public var actions: [AsyncAction] { [refreshing] }

  /// Fetches without a problem of its own unless there is nothing else to show: the member did not ask for it, and the notices tell.
  public var problem: String? {
    asked || read.view?.loading == true ? refreshing.problem : nil
  }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .search(let text):
      search = text
      list()
    case .choose(let key):
      category = key
      list()
    case .refresh: fetch(quiet: false)
    case .open(let id): core.navigate(.service(id))
    case .start(let id): core.navigate(.start(id))
    case .profile: core.navigate(.profile)
    }
  }

  public func update(_ changes: Set<Change>) {
    if !changes.isDisjoint(with: [.catalogue, .language]) { list() }
  }

  private func list() {
    let now = ReadResult { try services.list(text: search, category: category) }
    if now != read { read = now }
  }

  private func fetch(quiet: Bool) {
    asked = !quiet
    refreshing.run(quiet: quiet) { [services] in
      try await quiet ? services.refreshIfStale() : services.refresh()
    }
  }
}
