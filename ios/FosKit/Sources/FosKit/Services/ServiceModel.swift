import FosCore
import Observation

/// Screen of a service: benefits, deadline, documents.
@MainActor @Observable public final class ServiceModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// «+».
    case start
    /// The circular, for the phone's own reader.
    case circular
    case back
  }

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<ServiceView>
  /// Fetches the circular.
  public let fetching: AsyncAction

  private let id: String
  private let core: CoreState
  private let services: Services

  init(_ id: String, _ core: CoreState) {
    self.id = id
    self.core = core
    let services = core.fos.services()
    self.services = services
    read = ReadResult { try services.service(id: id) }
    fetching = AsyncAction(core)
  }

  public let name = "service"
  public var actions: [AsyncAction] { [fetching] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .start: core.navigate(.start(id))
    case .circular:
      fetching.run { [core, services, id] in
        core.system.show(document: try await services.circular(id: id))
      }
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.catalogue, .language]) else { return }
    let now = ReadResult { try services.service(id: id) }
    if now != read { read = now }
  }
}
