import FosCore
import Observation

/// List of the third-party parts of the app.
@MainActor @Observable public final class LicencesModel: ScreenModel {
  public enum Action {
    case open(Licences.Part)
  }

  /// The list; empty until it is read.
  public private(set) var licences = Licences()
  public var title: String { environment.core.phrase(.licences) }

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    Task { [weak self] in
      let licences = await environment.system.licences()
      self?.licences = licences
    }
  }

  public let name = "licences"

  public func send(_ action: Action) {
    switch action {
    case .open(let part):
      let texts = part.texts.map { licences.texts[$0] }
      environment.push(.licence(LicenceModel(part, texts, environment)))
    }
  }
}
