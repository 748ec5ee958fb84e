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
    case captcha(String)
    /// The list of a field of many opens over the form.
    case search(String)
    case send, previous
  }

  public private(set) var view: FormView
  public private(set) var secrets = Secrets()
  /// The secret that the core has discarded last: empty by now, and to be focused.
  public private(set) var clearedField: String?
  public let sending: AsyncAction

  /// Passwords that wait to be weighed.
  private var unweighed = 0
  @ObservationIgnored private var discarded: [String: UInt32] = [:]
  @ObservationIgnored private var weighing: Task<Void, Never>?
  private let form: FosForm
  private let isStored: Bool
  private let environment: AppEnvironment

  /// Begins with a view that was read already, if the form's view is of what is stored.
  init(_ form: FosForm, _ environment: AppEnvironment, stored: FormView? = nil) {
    self.form = form
    self.environment = environment
    isStored = stored != nil
    view = stored ?? form.view()
    sending = AsyncAction(environment)
    clearDiscardedSecrets()
  }

  public var name: String { view.key }
  public var actions: [AsyncAction] { [sending] }

  public func send(_ action: Action) {
    switch action {
    case .type(let text, let key):
      clearedField = nil
      type(text, into: key)
    case .leave(let key): take(form.blur(key: key))
    case .choose(let option, let key): take(form.set(key: key, input: option))
    case .captcha(let key): tick(key)
    case .search(let key): environment.push(.options(OptionsModel(of: key, in: self, environment)))
    case .send: sending.run(sendNow)
    case .previous:
      clearErrors()
      view = form.previous()
    }
  }

  public func update(_ changes: Set<Change>) {
    if !changes.isDisjoint(with: [.form, .language]) { read() }
  }

  public func didClose() {
    clearErrors()
    weighing?.cancel()
    // What a password being chosen was worth goes with it.
    for field in view.fields where field.contentType == .newPassword {
      take(form.set(key: field.key, input: ""))
    }
    secrets.forget()
  }

  /// Of a field of many, the options that have these words.
  func find(_ text: String, in key: String) -> [OptionView] { form.find(key: key, text: text) }

  private func type(_ text: String, into key: String) {
    guard let field = view.fields.first(where: { $0.key == key }) else { return }
    guard field.kind == .secret else { return take(form.set(key: key, input: text)) }
    secrets.keep(text, of: key)
    // A password being chosen is weighed as it is typed. Any other crosses when it is sent: here the core only hears
    // that the field was touched, and what was wrong with it goes.
    if field.contentType == .newPassword { return weigh(text, of: key) }
    take(form.set(key: key, input: ""))
  }

  /// Weighs a password off the main actor, since it is compared with what is stored of the member; one after another.
  private func weigh(_ text: String, of key: String) {
    unweighed += 1
    weighing = Task { [form, weighing] in
      await weighing?.value
      if !Task.isCancelled { take(await offMainActor { form.set(key: key, input: text) }) }
      // Left meanwhile: what it was worth goes all the same.
      if Task.isCancelled { take(form.set(key: key, input: "")) }
      unweighed -= 1
    }
  }

  public var isReading: Bool { unweighed > 0 }

  public func waitUntilRead() async { await weighing?.value }

  private func tick(_ key: String) {
    guard let field = view.fields.first(where: { $0.key == key }) else { return }
    take(form.set(key: key, input: field.captcha == .idle ? "true" : "false"))
  }

  private func take(_ changes: FormChanges) {
    if changes.fields != view.fields { view.fields = changes.fields }
  }

  private func read() {
    guard isStored else { return show(form.view()) }
    Task { show(await offMainActor { [form] in form.view() }) }
  }

  private func show(_ view: FormView) {
    self.view = view
    clearDiscardedSecrets()
  }

  private func clearDiscardedSecrets() {
    for field in view.fields where discarded[field.key, default: 0] != field.discarded {
      discarded[field.key] = field.discarded
      secrets.forget(field.key)
      clearedField = field.key
    }
  }

  private func sendNow() async throws {
    await waitUntilRead()
    let outcome: SubmitOutcome
    do {
      outcome = try await form.submit(secrets: secrets.crossing)
    } catch {
      read()
      throw error
    }
    secrets.forget()
    read()
    environment.read()
    environment.router?.didSubmit(self, outcome, in: environment)
  }
}
