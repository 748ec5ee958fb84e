import FosCore
import Observation

/// «+»: a service's form, once it was fetched. Left before it was sent, it is found again as it was.
@MainActor @Observable public final class RequestFormModel: ScreenModel {
  /// Actions of the member while there is no form.
  public enum Action {
    /// Asks for it again after a failure.
    case retry
    case back
  }

  /// The form; none until it is there.
  public private(set) var form: FormModel?
  /// Fetches it.
  public let reading: AsyncAction

  private let service: String
  private let core: CoreState

  init(_ service: String, _ core: CoreState) {
    self.service = service
    self.core = core
    reading = AsyncAction(core)
    load()
  }

  public let name = "request-form"
  public var actions: [AsyncAction] { (form?.actions ?? []) + [reading] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .retry: load()
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {
    form?.update(changes)
  }

  public func didClose() {
    form?.didClose()
    clearErrors()
  }

  private func load() {
    reading.run { [core, service, weak self] in
      let form = try await core.fos.requests().form(service: service)
      self?.form = FormModel(form, core)
    }
  }
}
