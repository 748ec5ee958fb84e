import FosCore
import Observation

/// Help, available at every stage, signed out too: checks, contacts, and the code to tell them.
@MainActor @Observable public final class HelpModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// URL that the system opens for this contact.
    case reach(ContactView)
    /// One of the facts, onto the clipboard.
    case copy(FactView)
    case privacy, licences, diagnostic
    case back
  }

  /// The screen.
  public private(set) var view: HelpView

  private let live: Live

  init(_ live: Live) {
    self.live = live
    view = live.fos.help()
  }

  public let name = "help"
  public let acts: [Act] = []

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .reach(let contact): if let link = contact.link { live.system.open(link: link) }
    case .copy(let fact): live.system.copy(fact.value.copied)
    case .privacy: live.go(.privacy)
    case .licences: live.go(.licences)
    case .diagnostic: live.go(.diagnostic)
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    let now = live.fos.help()
    if now != view { view = now }
  }
}
