import FosCore
import Observation

/// Screen of a service: benefits, deadline, documents.
@MainActor @Observable public final class ServiceModel: StoredScreenModel {
  /// Actions of the member.
  public enum Action {
    /// «+».
    case start
    /// The circular, for the phone's own reader.
    case circular
    case back
  }

  /// The view, or the error in its place.
  public let read: StoredView<ServiceView>
  /// Fetches the circular.
  public let fetching: AsyncAction

  private let id: String
  private let environment: AppEnvironment
  private let services: Services

  init(_ id: String, _ environment: AppEnvironment) {
    self.id = id
    self.environment = environment
    let services = environment.fos.services()
    self.services = services
    read = StoredView { try services.service(id: id) }
    fetching = AsyncAction(environment)
  }

  public let name = "service"
  public var actions: [AsyncAction] { [fetching] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .start: environment.navigate(to: .start(id))
    case .circular:
      fetching.run { [environment, services, id] in
        environment.system.show(document: try await services.circular(id: id))
      }
    case .back: environment.navigate(to: .back)
    }
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.catalogue, .language]) else { return }
    read.read { [services, id] in try services.service(id: id) }
  }
}
