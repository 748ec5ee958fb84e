import FosCore
import FosKit

/// Content of a screen that is built from its model, in its order, and the actions it offers.
@MainActor struct ScreenSnapshot {
  /// Something to be touched.
  struct Touch {
    let tag: String
    /// The core's, of a button.
    let action: ActionView?
    let act: () -> Void
  }

  /// Something to be typed into.
  struct EditableField {
    let type: (String) -> Void
    let leave: () -> Void
  }

  private(set) var screen = "opening"
  private(set) var texts: [String] = []
  private(set) var touches: [Touch] = []
  private(set) var typed: [String: EditableField] = [:]
  private(set) var fields: [String: String] = [:]
  /// True if something is at work that no action knows of: the captcha box.
  private(set) var busy = false
  /// The tag of the button at the bottom of the screen.
  private(set) var main: String?
  private var section: UInt32 = 0
  private var depth = 0

  init(_ app: AppModel) {
    say(app.router.current.front.toast?.text)
    say(app.problem)
    guard let shown = app.router.screen else { return }
    screen = shown.name
    depth = app.router.current.depth
    if let question = shown.question {
      screen = "question"
      say(question.question)
      say(question.consequences)
      offer(question.confirm) { shown.answer(true) }
      offer(question.cancel) { shown.answer(false) }
      return
    }
    if depth > 0 { touch("back") { app.router.back() } }
    read(shown, app)
    if case .page(.blocking) = app.router.root, depth == 0 { help(app) }
  }

  mutating func say(_ text: String?) {
    if let text { texts.append(text) }
  }

  mutating func say(_ more: [String]) {
    texts += more
  }

  mutating func touch(_ tag: String, _ act: @escaping () -> Void) {
    touches.append(Touch(tag: tag, action: nil, act: act))
  }

  mutating func offer(_ action: ActionView?, _ act: @escaping () -> Void) {
    guard let action else { return }
    say(action.label)
    touches.append(Touch(tag: action.key, action: action, act: act))
  }

  /// The button at the bottom of the screen.
  mutating func offerMain(_ action: ActionView?, _ act: @escaping () -> Void) {
    main = action?.key
    offer(action, act)
  }

  /// The section of the form that shows.
  mutating func stand(at steps: StepsView?) {
    section = steps?.current ?? 0
  }

  /// A button's name, which is its alone.
  func name(of tag: String) -> String { "\(screen)/\(depth)/\(section)/\(tag)" }

  mutating func facts(_ facts: [FactView]) {
    for fact in facts {
      say(fact.label)
      say(fact.value.shown)
      say(fact.chip?.text)
    }
  }

  mutating func articles(_ articles: [ArticleView]) {
    for article in articles {
      say(article.heading)
      say(article.paragraphs)
    }
  }

  mutating func hold(_ key: String, _ value: String, _ typed: EditableField? = nil) {
    fields[key] = value
    self.typed[key] = typed
  }

  mutating func turns() {
    busy = true
  }

  /// The «?» of a header.
  mutating func help(_ app: AppModel) {
    touch("help") { app.send(.help) }
  }

  /// The worst notice, under the header.
  mutating func banner(_ app: AppModel) {
    guard let notice = app.core?.notices.first else { return }
    say(notice.text)
    offer(notice.action) {
      if let act = notice.actionKind { app.send(.notice(act)) }
    }
  }

  private mutating func read(_ shown: any ScreenModel, _ app: AppModel) {
    switch shown {
    case let model as OpeningFailedModel: openingFailed(model)
    case let model as BlockingModel: gate(model)
    case let model as SignInModel: signIn(model, app)
    case let model as FormModel: formPage(model, app)
    case let model as MailSentModel: mailSent(model, app)
    case let model as CharterModel: charter(model, app)
    case let model as ServicesModel: services(model, app)
    case let model as ServiceModel: service(model, app)
    case let model as StartRequestModel: start(model, app)
    case let model as RequestsModel: requests(model, app)
    case let model as RequestModel: request(model, app)
    case let model as QueuedRequestModel: queued(model, app)
    case let model as RequestFormModel: requestForm(model, app)
    case let model as OptionsModel: options(model, app)
    case let model as SignOutModel: signOut(model)
    case let model as ProfileModel: profile(model)
    case let model as DevicesModel: devices(model, app)
    case let model as HelpModel: help(model)
    case let model as PrivacyModel:
      say(model.view.title)
      articles(model.view.articles)
    case let model as DiagnosticModel: diagnostic(model)
    case let model as LicencesModel:
      say(model.title)
      say(model.licences.parts.map(\.name))
    default: say("no screen is called \(shown.name)")
    }
  }
}
