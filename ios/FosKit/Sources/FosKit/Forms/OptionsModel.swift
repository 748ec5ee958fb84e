import FosCore
import Observation

/// The options of a field that has many, found by typing: a page over its form, and no screen of its own.
@MainActor @Observable public final class OptionsModel: ScreenModel {
  /// Actions of the member.
  public enum Action {
    case search(String)
    /// One of them; the form shows again.
    case choose(String)
    case back
  }

  /// Options that contain the words of the search.
  public private(set) var found: [OptionView]
  /// Text of the search.
  public private(set) var search = ""
  /// The field's key.
  public let key: String

  private let form: FormModel
  private let core: CoreState

  init(of key: String, in form: FormModel, _ core: CoreState) {
    self.key = key
    self.form = form
    self.core = core
    found = form.find("", in: key)
  }

  public var name: String { form.name }
  public let actions: [AsyncAction] = []

  /// Label of the field.
  public var label: String { form.view.fields.first { $0.key == key }?.label ?? "" }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .search(let text):
      search = text
      list()
    case .choose(let option):
      form.send(.choose(option, of: key))
      core.navigate(.back)
    case .back: core.navigate(.back)
    }
  }

  public func update(_ changes: Set<Change>) {
    if !changes.isDisjoint(with: [.form, .language]) { list() }
  }

  private func list() {
    let now = form.find(search, in: key)
    if now != found { found = now }
  }
}
