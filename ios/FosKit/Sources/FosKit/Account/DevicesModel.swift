import FosCore
import Observation

/// Devices on which the member is signed in, and the action that ends a session elsewhere.
@MainActor @Observable public final class DevicesModel: ScreenModel {
  public enum Action {
    case end(_ id: String)
    case retry
  }

  public private(set) var view: DevicesView?
  public let reading = AsyncAction()
  public let ending = AsyncAction()

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    load()
  }

  public let name = "devices"
  public var actions: [AsyncAction] { [ending, reading] }

  public func send(_ action: Action) {
    switch action {
    case .end(let id):
      ending.run(environment) { [weak self] in
        try await $0.account.endDevice(id: id)
        let view = try await $0.account.devices()
        self?.view = view
      }
    case .retry:
      clearErrors()
      load()
    }
  }

  public func update(_ changes: Set<Change>) { if changes.contains(.language) { load() } }

  private func load() {
    reading.run(environment) { [weak self] in
      let view = try await $0.account.devices()
      self?.view = view
    }
  }
}
