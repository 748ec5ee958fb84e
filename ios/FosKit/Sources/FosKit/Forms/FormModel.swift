import FosCore
import Observation

/// Model of a form, of the access or of a service.
@MainActor @Observable public final class FormModel: ScreenModel {
  public enum Action {
    /// A keystroke: all of the field's text.
    case type(_ text: String, into: String)
    /// The focus left the field.
    case leave(String)
    /// One of a choice's options, a wish, or what is declared (`"true"`, `"false"`).
    case choose(_ option: String, of: String)
    /// A day of the calendar, counted from 1970-01-01.
    case pickDay(_ day: Int64, of: String)
    case captcha(String)
    /// Opens the search page of a field with a long list.
    case search(String)
    case send, previous
    /// One of the review's sections, by its index.
    case openSection(UInt32)
    /// A field that the summary of problems names.
    case openField(String)
  }

  public private(set) var view: FormView
  public private(set) var secrets = Secrets()
  /// Place that is to have the focus; `nil` once the member has done something else.
  public private(set) var focusRequest: FocusRequest?
  public let sending = AsyncAction()

  @ObservationIgnored private var discarded: [String: UInt32] = [:]
  private let form: FosForm
  private let environment: AppEnvironment

  init(_ form: FosForm, _ environment: AppEnvironment) {
    self.form = form
    self.environment = environment
    view = form.view()
    clearDiscardedSecrets()
  }

  public var name: String { view.key }
  public var actions: [AsyncAction] { [sending] }

  public func send(_ action: Action) {
    // A field is also left when the requested one gets the focus.
    if case .leave = action {} else { focusRequest = nil }
    switch action {
    case .type(let text, let key): type(text, into: key)
    case .leave(let key): take(form.blur(key: key))
    case .choose(let option, let key): take(form.set(key: key, input: option))
    case .pickDay(let day, let key): take(form.pickDay(key: key, day: day))
    case .captcha(let key): tick(key)
    case .search(let key): environment.push(.options(OptionsModel(of: key, in: self, environment)))
    case .send: sending.run(environment, sendNow)
    case .previous:
      clearErrors()
      view = form.previous()
    case .openSection(let section):
      clearErrors()
      view = form.openSection(section: section)
    case .openField(let key):
      view = form.openField(key: key)
      focusRequest = FocusRequest(field: key)
    }
  }

  public func update(_ changes: Set<Change>) {
    if !changes.isDisjoint(with: [.form, .language]) { read() }
  }

  public func didClose() {
    clearErrors()
    // Clears the strength of a new password with its text.
    for field in view.fields where field.contentType == .newPassword {
      take(form.set(key: field.key, input: ""))
    }
    secrets.forget()
  }

  /// Returns the options of a field with a long list that contain these words.
  func find(_ text: String, in key: String) -> [OptionView] { form.find(key: key, text: text) }

  private func type(_ text: String, into key: String) {
    guard let field = view.fields.first(where: { $0.key == key }) else { return }
    guard field.kind == .secret else { return take(form.set(key: key, input: text)) }
    secrets.keep(text, of: key)
    // The core rates a new password as it is typed. Any other is passed only on submission: here the core learns that
    // the field was edited, and removes its problem.
    take(form.set(key: key, input: field.contentType == .newPassword ? text : ""))
  }

  private func tick(_ key: String) {
    guard let field = view.fields.first(where: { $0.key == key }) else { return }
    take(form.set(key: key, input: field.captcha == .idle ? "true" : "false"))
  }

  private func take(_ changes: FormChanges) {
    if changes.fields != view.fields { view.fields = changes.fields }
    if changes.summary != view.summary { view.summary = changes.summary }
  }

  private func read() {
    view = form.view()
    clearDiscardedSecrets()
  }

  private func clearDiscardedSecrets() {
    for field in view.fields where discarded[field.key, default: 0] != field.discarded {
      discarded[field.key] = field.discarded
      secrets.forget(field.key)
      focusRequest = FocusRequest(field: field.key)
    }
  }

  private func sendNow(_ environment: AppEnvironment) async throws {
    let outcome: SubmitOutcome
    do {
      outcome = try await form.submit(secrets: secrets.crossing)
    } catch {
      read()
      if view.summary != nil { focusRequest = FocusRequest(field: nil) }
      throw error
    }
    secrets.forget()
    read()
    environment.read()
    environment.router?.didSubmit(self, outcome, in: environment)
  }
}
