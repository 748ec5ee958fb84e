import FosCore
import Observation

/// Devices on which the member is signed in, and the action that ends a session elsewhere.
@MainActor @Observable public final class DevicesModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// Signs this device out.
    case end(_ id: String)
    /// Asks for the list again after a failure.
    case retry
    case back
  }

  /// The list; none until the portal has told.
  public private(set) var view: DevicesView?
  /// The work of asking for it.
  public let reading: Act
  /// The work of signing one out.
  public let ending: Act

  private let live: Live
  private let account: Account

  init(_ live: Live) {
    self.live = live
    account = live.fos.account()
    (reading, ending) = (Act(live), Act(live))
    load()
  }

  public let name = "devices"
  public var acts: [Act] { [ending, reading] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .end(let id):
      ending.run { [account, weak self] in
        try await account.endDevice(id: id)
        let view = try await account.devices()
        self?.view = view
      }
    case .retry:
      settle()
      load()
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    if changes.contains(.language) { load() }
  }

  private func load() {
    reading.run { [account, weak self] in
      let view = try await account.devices()
      self?.view = view
    }
  }
}
