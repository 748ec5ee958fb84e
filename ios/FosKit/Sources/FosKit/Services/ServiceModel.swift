import FosCore
import Observation

/// Screen of a service: benefits, deadline, documents.
@MainActor @Observable public final class ServiceModel: StoredScreenModel {
  public enum Action {
    case start, circular
  }

  public let read: StoredView<ServiceView>
  public let fetching = AsyncAction()

  private let id: String
  private let environment: AppEnvironment

  init(_ id: String, _ environment: AppEnvironment) {
    self.id = id
    self.environment = environment
    read = StoredView(of: [.catalogue, .requests, .language]) {
      try environment.services.service(id: id)
    }
  }

  public let name = "service"
  public var actions: [AsyncAction] { [fetching] }

  public func send(_ action: Action) {
    switch action {
    case .start: environment.push(.start(StartRequestModel(id, environment)))
    case .circular:
      fetching.run(environment) { [self] in
        $0.show(try await $0.services.circular(id: id), from: self)
      }
    }
  }
}
