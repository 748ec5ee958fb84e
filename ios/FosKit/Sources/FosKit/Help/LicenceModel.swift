import FosCore
import Observation

/// One part's licence.
@MainActor @Observable public final class LicenceModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    case back
  }

  /// The part, with its texts.
  public let licence: Licence
  /// Title.
  public var title: String { core.phrase(.licences) }

  private let core: CoreState

  init(_ licence: Licence, _ core: CoreState) {
    self.licence = licence
    self.core = core
  }

  public let name = "licence"
  public let actions: [AsyncAction] = []

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {}
}
