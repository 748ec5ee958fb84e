import FosCore
import Observation

/// A place of the bar at the bottom of the space.
public enum Place: Hashable, Sendable {
  case services, requests
}

/// The services' space: a bar with two places, one of which shows.
@MainActor @Observable public final class SpaceModel {
  /// The place that shows.
  public private(set) var place = Place.services
  /// Guide step 8.
  public let services: ServicesModel
  /// Read once the member goes there.
  public private(set) var requests: RequestsModel?

  private let live: Live

  init(_ live: Live) {
    self.live = live
    services = ServicesModel(live)
  }

  /// The screen of the place that shows.
  var screen: any Screen {
    switch place {
    case .services: services
    case .requests: requests ?? services
    }
  }

  var screens: [any Screen] { requests.map { [services, $0] } ?? [services] }

  func show(_ place: Place) {
    if place == .requests {
      let requests = requests ?? RequestsModel(live)
      self.requests = requests
      requests.look()
    }
    if place != self.place { screen.settle() }
    self.place = place
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
