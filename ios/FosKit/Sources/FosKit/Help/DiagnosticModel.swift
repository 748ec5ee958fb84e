import FosCore
import Observation

/// The last lines of the log, read once when the page opens: for the member to read, copy and share.
@MainActor @Observable public final class DiagnosticModel: ScreenModel {
  public enum Action {
    case copy
    /// All lines, to whom the member chooses on the system's own sheet.
    case share
  }

  public private(set) var view: DiagnosticView

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    view = environment.fos.diagnostic()
  }

  public let name = "diagnostic"

  public func send(_ action: Action) {
    switch action {
    case .copy: environment.copy(view.copied)
    case .share: environment.share(view.copied)
    }
  }

  public func update(_ changes: Set<Change>) {
    if changes.contains(.language) { view = environment.fos.diagnostic() }
  }
}
