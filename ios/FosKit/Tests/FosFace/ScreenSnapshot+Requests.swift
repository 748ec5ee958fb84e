import FosCore
import FosKit

extension ScreenSnapshot {
  /// The bar at the bottom of the space.
  mutating func places(_ app: AppModel) {
    guard case .space(let space) = app.router.root else { return }
    say(app.core?.phrase(.services))
    touch("place:services") { space.show(.services) }
    say(app.core?.phrase(.requests))
    touch("place:requests") { space.show(.requests) }
  }

  mutating func requests(_ model: RequestsModel, _ app: AppModel) {
    say(model.read.problem)
    banner(app)
    places(app)
    if let problem = model.problem {
      say(problem)
      touch("try-again") { model.send(.refresh) }
    }
    guard let view = model.read.view else { return }
    say(view.title)
    touch("profile") { model.send(.profile) }
    for group in view.groups {
      say(group.title)
      for card in group.cards {
        say(card.title)
        say(card.number?.shown)
        say(card.state.text)
        say(card.line)
        touch("request:\(card.id)") { model.send(.open(card.target)) }
        if let delete = card.delete { offer(delete.open) { model.send(.delete(delete)) } }
      }
    }
    say(view.empty)
  }

  mutating func request(_ model: RequestModel, _ app: AppModel) {
    banner(app)
    say(model.read.problem)
    guard let view = model.read.view else { return }
    say(view.title)
    say(view.state.text)
    say(model.problem)
    say(view.numberLabel)
    say(view.number.shown)
    touch("copy:number") { model.send(.copy) }
    say(view.lines)
    say(view.refusal)
    answers(view.sections)
    offer(view.share) { model.send(.share) }
    offer(view.receipt) { model.send(.receipt) }
  }

  mutating func queued(_ model: QueuedRequestModel, _ app: AppModel) {
    banner(app)
    say(model.read.problem)
    guard let view = model.read.view else { return }
    say(view.title)
    say(view.state.text)
    say(model.problem)
    say(view.line)
    answers(view.sections)
    offerMain(view.edit) { model.send(.edit) }
  }

  private mutating func answers(_ sections: [AnswerSectionView]) {
    for section in sections {
      say(section.title)
      facts(section.answers)
    }
  }

  mutating func requestForm(_ model: RequestFormModel, _ app: AppModel) {
    banner(app)
    guard let form = model.form else {
      say(model.problem)
      if !model.isRunning { touch("try-again") { model.send(.retry) } }
      return
    }
    say(form.view.title)
    self.form(form, problem: model.problem)
  }

  mutating func signOut(_ model: SignOutModel) {
    say(model.problem ?? model.read.problem)
    guard let view = model.view else { return }
    say(view.title)
    say(view.text)
    offer(view.sendNow) { model.send(.leave(.sendNow)) }
    offer(view.keep) { model.send(.leave(.keep)) }
    say(view.keepLine)
    offer(view.erase) { model.send(.leave(.erase)) }
  }
}
