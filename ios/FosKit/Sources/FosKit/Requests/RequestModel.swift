import FosCore
import Observation

/// Screen of a request on file: number, state, receipt.
@MainActor @Observable public final class RequestModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    /// The number, onto the clipboard.
    case copy
    /// The receipt, for the phone's own reader.
    case receipt
    /// The receipt, to be handed on.
    case share
    case back
  }

  /// The view, or the error in its place.
  public private(set) var read: ReadResult<RequestView>
  /// Fetches the receipt and shows it.
  public let fetching: AsyncAction
  /// Fetches the receipt and shares it.
  public let sharing: AsyncAction

  private let id: String
  private let core: CoreState
  private let requests: Requests

  init(_ id: String, _ core: CoreState) {
    self.id = id
    self.core = core
    let requests = core.fos.requests()
    self.requests = requests
    read = ReadResult { try requests.request(id: id) }
    (fetching, sharing) = (AsyncAction(core), AsyncAction(core))
  }

  public let name = "request"
  public var actions: [AsyncAction] { [fetching, sharing] }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .copy: if let number = read.view?.number { core.system.copy(number.copied) }
    case .receipt:
      fetching.run { [core, requests, id] in
        core.system.show(document: try await requests.receipt(id: id))
      }
    case .share:
      sharing.run { [core, requests, id] in
        core.system.share(document: try await requests.receipt(id: id))
      }
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    let now = ReadResult { try requests.request(id: id) }
    if now != read { read = now }
  }
}
