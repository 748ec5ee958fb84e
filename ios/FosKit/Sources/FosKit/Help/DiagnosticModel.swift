import FosCore
import Observation

/// The last lines of the log, read once when the page opens: for the member to read, copy and share.
@MainActor @Observable public final class DiagnosticModel: ScreenModel {
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

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    view = environment.fos.diagnostic()
  }

  public let name = "diagnostic"
  public let actions: [AsyncAction] = []

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .copy: environment.system.copy(view.copied)
    case .share: environment.system.share(text: view.copied)
    case .back: environment.navigate(to: .back)
    }
  }

  public func update(_ changes: Set<Change>) {
    if changes.contains(.language) { view = environment.fos.diagnostic() }
  }
}
