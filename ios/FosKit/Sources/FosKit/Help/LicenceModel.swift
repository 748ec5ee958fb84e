import FosCore
import Observation

/// One part's licence.
@MainActor @Observable public final class LicenceModel: ScreenModel {
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
}
