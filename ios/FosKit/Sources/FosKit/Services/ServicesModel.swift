import FosCore
import Observation

/// Guide step 8: the services, found by words or by category.
@MainActor @Observable public final class ServicesModel: ListModel {
  public enum Action {
    case choose(category: String)
    case refresh
    case open(_ id: String)
    case start(_ id: String)
    /// Opens the form of the request that was begun last.
    case unfinished
    case profile
  }

  public let read: StoredView<ServicesView>
  public var search = "" {
    didSet { if search != oldValue { list() } }
  }
  public let refreshing = AsyncAction()

  private var category = ""
  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    read = StoredView(of: [.catalogue, .requests, .language]) {
      try environment.services.list(text: "", category: "")
    }
    fetch(quiet: true)
  }

  public let name = "services"
  public var actions: [AsyncAction] { [refreshing] }

  /// Fetches without showing an error, unless the list is empty: the member did not ask for it, and a notice reports it.
  public var problem: String? {
    refreshing.isQuiet && read.view?.loading != true ? nil : refreshing.problem
  }

  /// True while there is nothing stored yet: no service has a page.
  var isFirstFetch: Bool { read.view?.loading == true && refreshing.isRunning }

  public func send(_ action: Action) {
    switch action {
    case .choose(let key):
      category = key
      list()
    case .refresh: fetch(quiet: false)
    case .open(let id): environment.select(.service(ServiceModel(id, environment)))
    case .start(let id): environment.select(.start(StartRequestModel(id, environment)))
    case .unfinished:
      guard let service = read.view?.unfinished?.service else { return }
      environment.select(.requestForm(RequestFormModel(service, environment)))
    case .profile: environment.present(.profile(ProfileModel(environment)))
    }
  }

  /// Reads again what the pages that were over the list have changed, and fetches what is new.
  func didShow() {
    read.readAgain()
    fetch(quiet: true)
  }

  private func list() {
    read.read = { [environment, search, category] in
      try environment.services.list(text: search, category: category)
    }
  }

  public func fetch(quiet: Bool) {
    refreshing.run(environment, quiet: quiet) {
      try await quiet ? $0.services.refreshIfStale() : $0.services.refresh()
    }
  }
}
