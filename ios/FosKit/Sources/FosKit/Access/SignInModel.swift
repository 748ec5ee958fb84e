import FosCore
import Observation

/// Guide steps 1, 2 and 5: the door, with the form that opens it.
@MainActor @Observable public final class SignInModel: Screen {
  /// Actions of the member.
  public enum Action {
    /// On to the form that asks for a password.
    case ask
    /// The other language.
    case language
    case back
  }

  /// View of what surrounds the form.
  public private(set) var view: WelcomeView
  /// PPR, password, robot box.
  public let form: FormModel
  /// The work of the language's button.
  public let speaking: Act

  private let live: Live

  init(_ live: Live) {
    self.live = live
    view = live.fos.access().welcome()
    form = FormModel(live.fos.access().signIn(), live)
    speaking = Act(live)
  }

  public var name: String { form.name }
  public var acts: [Act] { form.acts + [speaking] }

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .ask: live.go(.passwordRequest)
    case .language: speaking.run { [live, view] in try await live.speak(view.other) }
    case .back: live.go(.back)
    }
  }

  public func hear(_ changes: Set<Change>) {
    form.hear(changes)
    if changes.contains(.language) { view = live.fos.access().welcome() }
  }

  public func leave() {
    form.leave()
    settle()
  }
}
