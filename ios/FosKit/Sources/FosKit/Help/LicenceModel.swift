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
  public var title: String { environment.core.phrase(.licences) }

  private let environment: AppEnvironment

  init(_ licence: Licence, _ environment: AppEnvironment) {
    self.licence = licence
    self.environment = environment
  }

  public let name = "licence"
  public let actions: [AsyncAction] = []

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .back: environment.navigate(to: .back)
    }
  }
}
