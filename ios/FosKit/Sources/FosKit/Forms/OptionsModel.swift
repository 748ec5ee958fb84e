import FosCore
import Observation

/// Search page for the options of a field with a long list, over its form. The journeys count it as a part of the form.
@MainActor @Observable public final class OptionsModel: ScreenModel {
  public enum Action {
    case choose(String)
  }

  /// Options that contain the words of the search.
  public private(set) var found: [OptionView]
  public var search = "" {
    didSet { list() }
  }
  public let key: String

  private let form: FormModel
  private let environment: AppEnvironment

  init(of key: String, in form: FormModel, _ environment: AppEnvironment) {
    self.key = key
    self.form = form
    self.environment = environment
    found = form.find("", in: key)
  }

  public var name: String { form.name }

  public var label: String { form.view.fields.first { $0.key == key }?.label ?? "" }

  public func send(_ action: Action) {
    switch action {
    case .choose(let option):
      form.send(.choose(option, of: key))
      environment.back()
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
