import FosCore
import Observation

/// Screen of a service: benefits, deadline, documents.
@MainActor @Observable public final class ServiceModel: StoredScreenModel {
  public enum Action {
    case start, circular
  }

  public let read: StoredView<ServiceView>
  public let fetching: AsyncAction

  private let id: String
  private let environment: AppEnvironment
  private let services: Services

  init(_ id: String, _ environment: AppEnvironment) {
    self.id = id
    self.environment = environment
    let services = environment.fos.services()
    self.services = services
    read = StoredView(of: [.catalogue, .language]) { try services.service(id: id) }
    fetching = AsyncAction(environment)
  }

  public let name = "service"
  public var actions: [AsyncAction] { [fetching] }

  public func send(_ action: Action) {
    switch action {
    case .start: environment.push(.start(StartRequestModel(id, environment)))
    case .circular:
      fetching.run { [environment, services, id] in
        environment.system.show(document: try await services.circular(id: id))
      }
    }
  }
}
