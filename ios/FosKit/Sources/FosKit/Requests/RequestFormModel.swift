import FosCore
import Observation

/// Form of a service, which «+» opens, once it is fetched. Leaving keeps the draft.
@MainActor @Observable public final class RequestFormModel: ScreenModel {
  public enum Action {
    case retry
  }

  public private(set) var form: FormModel?
  public let reading = AsyncAction()

  let service: String
  private let environment: AppEnvironment

  init(_ service: String, _ environment: AppEnvironment) {
    self.service = service
    self.environment = environment
    load()
  }

  public let name = "request-form"
  public var actions: [AsyncAction] { (form?.actions ?? []) + [reading] }

  public func send(_ action: Action) {
    switch action {
    case .retry: load()
    }
  }

  public func update(_ changes: Set<Change>) { form?.update(changes) }

  public func didClose() {
    form?.didClose()
    clearErrors()
    // The pages below show the draft.
    environment.router?.update([.requests])
  }

  private func load() {
    reading.run(environment) { [service, weak self] environment in
      let form = try await environment.requests.form(service: service)
      self?.form = FormModel(form, environment)
    }
  }
}
