import FosCore
import FosKit

/// A form on a screen: the one way forms are shown, whatever they ask.
extension ScreenSnapshot {
  mutating func form(_ model: FormModel, problem: String?) {
    let view = model.view
    stand(at: view.steps)
    say(view.steps?.text)
    say(view.saved?.text)
    say(problem)
    say(view.intro)
    if let summary = view.summary { self.summary(summary, model) }
    for field in view.fields { part(field, model) }
    if let review = view.review { self.review(review, model) }
    say(view.notice)
    offer(view.previous) { model.send(.previous) }
    offerMain(view.action) { model.send(.send) }
  }

  private mutating func summary(_ summary: ProblemSummaryView, _ model: FormModel) {
    say(summary.text)
    for link in summary.problems {
      say(link.text)
      touch("problem:\(link.field)") { model.send(.openField(link.field)) }
    }
  }

  private mutating func review(_ review: ReviewView, _ model: FormModel) {
    say(review.title)
    for section in review.sections {
      say(section.answers.title)
      facts(section.answers.answers)
      offer(section.edit) { model.send(.openSection(section.section)) }
    }
    say(review.expectation)
  }

  private mutating func part(_ field: FieldView, _ model: FormModel) {
    let key = field.key
    say(field.label)
    say(field.count)
    say(field.problem)
    say(field.help)
    say(field.suffix)
    say(field.rules.map(\.text))
    say(field.strength?.text)
    let typed = EditableField(
      type: { model.send(.type($0, into: key)) }, leave: { model.send(.leave(key)) })
    switch field.kind {
    case .text, .multilineText: hold(key, field.value, typed)
    case .secret:
      hold(key, model.secrets[key].map { _ in "•" }.joined(), typed)
      // The eye only changes what is drawn.
      touch("show:\(key)") {}
    case .choice:
      hold(key, field.options.first { $0.chosen }?.key ?? "")
      choices(field.options, of: key, model)
    case .search:
      let chosen = field.options.first { $0.chosen }
      hold(key, chosen?.key ?? "")
      say(chosen?.label)
      touch(key) { model.send(.search(key)) }
    case .wishes:
      hold(key, wished(field.options))
      choices(field.options, of: key, model)
    case .declaration:
      let declared = field.options.contains { $0.chosen }
      hold(key, "\(declared)")
      say(field.options.map(\.label))
      touch(key) { model.send(.choose("\(!declared)", of: key)) }
    case .captcha:
      hold(key, field.captcha == .done ? "true" : "false")
      if field.captcha == .working { turns() }
      touch(key) { model.send(.captcha(key)) }
    case .readOnly:
      hold(key, field.value)
      say(field.value)
    }
  }

  private mutating func choices(_ options: [OptionView], of key: String, _ model: FormModel) {
    for option in options {
      say(option.label)
      touch("\(key):\(option.key)") { model.send(.choose(option.key, of: key)) }
    }
  }

  /// The keys in the order of their places.
  private func wished(_ options: [OptionView]) -> String {
    options.filter { $0.rank != nil }
      .sorted { Int($0.rank ?? "") ?? 0 < Int($1.rank ?? "") ?? 0 }
      .map(\.key).joined(separator: ",")
  }

  mutating func options(_ model: OptionsModel, _ app: AppModel) {
    banner(app)
    say(model.label)
    let search = EditableField(type: { model.search = $0 }, leave: {})
    hold("\(model.key)-search", model.search, search)
    if model.found.isEmpty { say(app.core?.phrase(.noCity)) }
    for option in model.found {
      say(option.label)
      touch("\(model.key):\(option.key)") { model.send(.choose(option.key)) }
    }
  }
}
