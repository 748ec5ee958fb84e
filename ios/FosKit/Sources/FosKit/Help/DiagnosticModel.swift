import FosCore
import Observation

/// The last lines of the log, read once when the page opens: for the member to read, copy and share.
@MainActor @Observable public final class DiagnosticModel: Screen {
  /// Actions of the page.
  public enum Action {
    /// All lines, onto the clipboard.
    case copy
    /// All lines, to whom the member chooses on the system's own sheet.
    case share
    case back
  }

  /// The page.
  public private(set) var view: DiagnosticView

  private let live: Live

  init(_ live: Live) {
    self.live = live
    view = live.fos.diagnostic()
  }

  public let name = "diagnostic"
  public let acts: [Act] = []

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .copy: live.system.copy(view.copied)
    case .share: live.system.share(text: view.copied)
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    if changes.contains(.language) { view = live.fos.diagnostic() }
  }
}
