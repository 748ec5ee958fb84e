import FosCore
import Observation

/// Help, available at every stage, signed out too: checks, contacts, and the code to tell them.
@MainActor @Observable public final class HelpModel: ScreenModel {
  public enum Action {
    /// URL that the system opens for this contact.
    case reach(ContactView)
    case copy(FactView)
    case privacy, licences, diagnostic
  }

  public private(set) var view: HelpView

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) {
    self.environment = environment
    view = environment.fos.help()
  }

  public let name = "help"

  public func send(_ action: Action) {
    switch action {
    case .reach(let contact): if let link = contact.link { environment.system.open(link: link) }
    case .copy(let fact): environment.copy(fact.value.copied)
    case .privacy: environment.push(.privacy(PrivacyModel(environment)))
    case .licences: environment.push(.licences(LicencesModel(environment)))
    case .diagnostic: environment.push(.diagnostic(DiagnosticModel(environment)))
    }
  }

  public func update(_ changes: Set<Change>) {
    let now = environment.fos.help()
    if now != view { view = now }
  }
}
