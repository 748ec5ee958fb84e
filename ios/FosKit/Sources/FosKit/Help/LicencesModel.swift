import FosCore
import Observation

/// List of the third-party parts of the app.
@MainActor @Observable public final class LicencesModel: Screen {
  /// Actions of the member.
  public enum Action {
    case open(Licence)
    case back
  }

  /// The list; empty until it is read.
  public private(set) var licences: [Licence] = []
  /// Title.
  public var title: String { live.say(.licences) }

  private let live: Live

  init(_ live: Live) {
    self.live = live
    Task { [weak self] in
      let licences = await live.system.licences()
      self?.licences = licences
    }
  }

  public let name = "licences"
  public let acts: [Act] = []

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .open(let licence): live.go(.licence(licence))
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {}
}
