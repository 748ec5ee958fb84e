import FosCore
import Observation

public enum TopLevelDestination: Hashable, Sendable {
  case services, requests
}

/// Tabs of a signed-in member, one of which is visible. The tab bar is hidden by a page, so that no page is left behind in
/// another tab.
@MainActor @Observable public final class SpaceModel: HashableByIdentity {
  public var destination = TopLevelDestination.services {
    didSet {
      if destination == .requests { requests.fetch(quiet: true) }
      guard destination != oldValue else { return }
      screen(of: oldValue).clearErrors()
      router(of: oldValue).close()
    }
  }
  public let services: ServicesModel
  public let requests: RequestsModel

  private let servicesRouter: Router
  private let requestsRouter: Router

  init(_ environment: AppEnvironment) {
    let (services, requests) = (ServicesModel(environment), RequestsModel(environment))
    (self.services, self.requests) = (services, requests)
    servicesRouter = Router { services.didShow() }
    requestsRouter = Router { requests.fetch(quiet: true) }
  }

  /// The pages over a destination.
  public func router(of destination: TopLevelDestination) -> Router {
    destination == .services ? servicesRouter : requestsRouter
  }

  /// Shows a destination without its pages.
  public func show(_ destination: TopLevelDestination) {
    router(of: self.destination).close()
    self.destination = destination
  }

  func screen(of destination: TopLevelDestination) -> any ScreenModel {
    destination == .services ? services : requests
  }
}
