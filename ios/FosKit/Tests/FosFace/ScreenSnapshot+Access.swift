import FosCore
import FosKit

extension ScreenSnapshot {
  /// The page's other words are resources of the app, which are not here.
  mutating func openingFailed(_ model: OpeningFailedModel) {
    say(model.failure.reason)
    say(model.failure.code)
    touch("try-again") { model.send(.retry) }
    if model.failure.canOpenWithNewFiles { touch("set-aside") { model.send(.openWithNewFiles) } }
  }

  mutating func gate(_ model: BlockingModel) {
    say(model.problem)
    say(model.view?.title)
    say(model.view?.text)
    offer(model.view?.action) { model.send(.act) }
  }

  mutating func signIn(_ model: SignInModel, _ app: AppModel) {
    say(model.view.foundation)
    say(model.view.ministry)
    say(model.view.otherLanguage)
    touch("language") { model.send(.language) }
    help(app)
    banner(app)
    say(model.form.view.title)
    form(model.form, problem: model.problem)
    say(model.view.firstTime)
    say(model.view.firstTimeText)
    offer(model.view.ask) { model.send(.ask) }
  }

  mutating func formPage(_ model: FormModel, _ app: AppModel) {
    say(model.view.title)
    if app.core?.stage != .space { help(app) }
    if app.router.current.front.sheet != .signInAgain(model) { banner(app) }
    form(model, problem: model.problem)
  }

  mutating func mailSent(_ model: MailSentModel, _ app: AppModel) {
    help(app)
    banner(app)
    say(model.problem ?? model.read.problem)
    guard let view = model.read.view else { return }
    say(view.title)
    say(view.steps.text)
    say(view.ifMatch)
    say(view.sentToLabel)
    say(view.sentTo.shown)
    offer(view.correct) { model.send(.correct) }
    facts(view.typed)
    say(view.hints.map(\.text))
    offerMain(view.haveIt) { model.send(.signIn) }
    if let countdown = view.countdown {
      say(countdown.text)
    } else {
      offer(view.askAgain) { model.send(.askAgain) }
    }
  }

  mutating func charter(_ model: CharterModel, _ app: AppModel) {
    if app.router.current.depth == 0 { help(app) }
    banner(app)
    say(model.problem)
    guard let view = model.view else {
      if model.problem != nil { touch("try-again") { model.send(.retry) } }
      return
    }
    say(view.title)
    say(view.steps?.text)
    say(view.intro)
    say(view.version)
    say(view.accepted)
    articles(view.articles)
    if model.finished {
      offer(view.refuse) { model.send(.refuse) }
      offer(view.accept) { model.send(.accept) }
      say(view.readThrough)
    } else {
      offerMain(view.readOn) { model.send(.reachedEnd) }
    }
  }
}
