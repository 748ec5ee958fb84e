import FosCore
import Observation

/// What «+» opens: the guide ends here.
@MainActor @Observable public final class StartModel: Screen {
  /// What the member does here.
  public enum Action {
    case close
  }

  /// The page, or why there is none.
  public private(set) var read: Read<StartView>

  private let id: String
  private let live: Live
  private let services: Services

  init(_ id: String, _ live: Live) {
    self.id = id
    self.live = live
    let services = live.fos.services()
    self.services = services
    read = Read { try services.start(id: id) }
  }

  public let name = "start"
  public let acts: [Act] = []

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .close: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.catalogue, .language]) else { return }
    let now = Read { try services.start(id: id) }
    if now != read { read = now }
  }
}
