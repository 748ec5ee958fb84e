import FosCore
import Observation

/// «+»: a service's form, once it was fetched. Left before it was sent, it is found again as it was.
@MainActor @Observable public final class RequestFormModel: Screen {
  /// Actions of the member while there is no form.
  public enum Action {
    /// Asks for it again after a failure.
    case retry
    case back
  }

  /// The form; none until it is there.
  public private(set) var form: FormModel?
  /// The work of fetching it.
  public let reading: Act

  private let service: String
  private let live: Live

  init(_ service: String, _ live: Live) {
    self.service = service
    self.live = live
    reading = Act(live)
    load()
  }

  public let name = "request-form"
  public var acts: [Act] { (form?.acts ?? []) + [reading] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .retry: load()
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    form?.hear(changes)
  }

  public func leave() {
    form?.leave()
    settle()
  }

  private func load() {
    reading.run { [live, service, weak self] in
      let form = try await live.fos.requests().form(service: service)
      self?.form = FormModel(form, live)
    }
  }
}
