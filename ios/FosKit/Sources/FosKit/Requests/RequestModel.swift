import FosCore
import Observation

/// A request on file: its number, how it stands, its receipt.
@MainActor @Observable public final class RequestModel: Screen {
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

  /// The page, or why there is none.
  public private(set) var read: Read<RequestView>
  /// The work of fetching the receipt to be read.
  public let fetching: Act
  /// The work of fetching it to be handed on.
  public let sharing: Act

  private let id: String
  private let live: Live
  private let requests: Requests

  init(_ id: String, _ live: Live) {
    self.id = id
    self.live = live
    let requests = live.fos.requests()
    self.requests = requests
    read = Read { try requests.request(id: id) }
    (fetching, sharing) = (Act(live), Act(live))
  }

  public let name = "request"
  public var acts: [Act] { [fetching, sharing] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .copy: if let number = read.view?.number { live.system.copy(number.copied) }
    case .receipt:
      fetching.run { [live, requests, id] in
        live.system.show(document: try await requests.receipt(id: id))
      }
    case .share:
      sharing.run { [live, requests, id] in
        live.system.share(document: try await requests.receipt(id: id))
      }
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    guard !changes.isDisjoint(with: [.requests, .catalogue, .language]) else { return }
    let now = Read { try requests.request(id: id) }
    if now != read { read = now }
  }
}
