import FosCore
import Observation

/// List of the third-party parts of the app.
@MainActor @Observable public final class LicencesModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    case open(Licence)
    case back
  }

  /// The list; empty until it is read.
  public private(set) var licences: [Licence] = []
  /// Title.
  public var title: String { core.phrase(.licences) }

  private let core: CoreState

  init(_ core: CoreState) {
    self.core = core
    Task { [weak self] in
      let licences = await core.system.licences()
      self?.licences = licences
    }
  }

  public let name = "licences"
  public let actions: [AsyncAction] = []

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .open(let licence): core.navigate(.licence(licence))
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {}
}
