import FosCore
import Observation

/// One service: what it gives, until when, and with which papers.
@MainActor @Observable public final class ServiceModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// «+».
    case start
    /// The circular, for the phone's own reader.
    case circular
    case back
  }

  /// The page, or why there is none.
  public private(set) var read: Read<ServiceView>
  /// The work of fetching the circular.
  public let fetching: Act

  private let id: String
  private let live: Live
  private let services: Services

  init(_ id: String, _ live: Live) {
    self.id = id
    self.live = live
    let services = live.fos.services()
    self.services = services
    read = Read { try services.service(id: id) }
    fetching = Act(live)
  }

  public let name = "service"
  public var acts: [Act] { [fetching] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .start: live.go(.start(id))
    case .circular:
      fetching.run { [live, services, id] in
        live.system.show(document: try await services.circular(id: id))
      }
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.catalogue, .language]) else { return }
    let now = Read { try services.service(id: id) }
    if now != read { read = now }
  }
}
