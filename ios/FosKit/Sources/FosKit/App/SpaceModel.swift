import FosCore
import Observation

/// Destination of the tab bar.
public enum TopLevelDestination: Hashable, Sendable {
  case services, requests
}

/// The screens of a signed-in member's tab bar, one of which shows.
@MainActor @Observable public final class SpaceModel {
  /// The destination that shows.
  public private(set) var destination = TopLevelDestination.services
  /// Guide step 8.
  public let services: ServicesModel
  /// Requests tab; `nil` until it is first selected.
  public private(set) var requests: RequestsModel?

  private let core: CoreState

  init(_ core: CoreState) {
    self.core = core
    services = ServicesModel(core)
  }

  /// The screen of the destination that shows.
  var screen: any ScreenModel {
    switch destination {
    case .services: services
    case .requests: requests ?? services
    }
  }

  var screens: [any ScreenModel] { requests.map { [services, $0] } ?? [services] }

  func show(_ destination: TopLevelDestination) {
    if destination == .requests {
      let requests = requests ?? RequestsModel(core)
      self.requests = requests
      requests.look()
    }
    if destination != self.destination { screen.clearErrors() }
    self.destination = destination
  }
}

extension SpaceModel: Hashable {
  public nonisolated static func == (one: SpaceModel, other: SpaceModel) -> Bool {
    one === other
  }

  public nonisolated func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}
