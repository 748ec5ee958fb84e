import FosCore
import Observation

/// Text about the member's data (law 09-08).
@MainActor @Observable public final class PrivacyModel: Screen {
  /// Actions of the member.
  public enum Action {
    case back
  }

  /// The text.
  public private(set) var view: ReadingView

  private let live: Live

  init(_ live: Live) {
    self.live = live
    view = live.fos.privacy()
  }

  public let name = "privacy"
  public let acts: [Act] = []

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    let now = live.fos.privacy()
    if now != view { view = now }
  }
}
