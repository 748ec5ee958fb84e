import FosCore
import Observation

/// Text about the member's data (law 09-08).
@MainActor @Observable public final class PrivacyModel: ScreenModel {
  public private(set) var view: ReadingView

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    view = environment.fos.privacy()
  }

  public let name = "privacy"

  public func update(_ changes: Set<Change>) {
    let now = environment.fos.privacy()
    if now != view { view = now }
  }
}
