import FosCore
import Observation

/// One part's licence.
@MainActor @Observable public final class LicenceModel: ScreenModel {
  public let licence: Licence
  public var title: String { environment.core.phrase(.licences) }

  private let environment: AppEnvironment

  init(_ licence: Licence, _ environment: AppEnvironment) {
    self.licence = licence
    self.environment = environment
  }

  public let name = "licence"
}
