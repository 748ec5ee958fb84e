import FosCore
import Observation

/// One part's licence.
@MainActor @Observable public final class LicenceModel: Screen {
  /// Actions of the member.
  public enum Action {
    case back
  }

  /// The part, with its texts.
  public let licence: Licence
  /// Title.
  public var title: String { live.say(.licences) }

  private let live: Live

  init(_ licence: Licence, _ live: Live) {
    self.licence = licence
    self.live = live
  }

  public let name = "licence"
  public let acts: [Act] = []

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {}
}
