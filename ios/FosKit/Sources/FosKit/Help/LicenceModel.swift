import FosCore
import Observation

/// One part's licence.
@MainActor @Observable public final class LicenceModel: ScreenModel {
  public let part: Licences.Part
  public let texts: [String]
  public var title: String { environment.core.phrase(.licences) }

  private let environment: AppEnvironment

  init(_ part: Licences.Part, _ texts: [String], _ environment: AppEnvironment) {
    (self.part, self.texts, self.environment) = (part, texts, environment)
  }

  public let name = "licence"
}
