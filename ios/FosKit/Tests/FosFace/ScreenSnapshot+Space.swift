import FosCore
import FosKit

extension ScreenSnapshot {
  mutating func services(_ model: ServicesModel, _ app: AppModel) {
    say(model.read.problem)
    guard let view = model.read.view else { return }
    say(view.title)
    touch("profile") { model.send(.profile) }
    places(app)
    say(view.searchHint)
    hold("search", model.search, EditableField(type: { model.search = $0 }, leave: {}))
    banner(app)
    for category in view.categories {
      say(category.label)
      touch("category:\(category.key)") { model.send(.choose(category: category.key)) }
    }
    if let problem = model.problem {
      say(problem)
      touch("try-again") { model.send(.refresh) }
    }
    say(view.welcome)
    say(view.unfinished?.text)
    offer(view.unfinished?.open) { model.send(.unfinished) }
    for group in view.groups {
      say(group.title)
      say(group.count)
      for service in group.services { card(service, model) }
    }
    say(view.empty)
  }

  private mutating func card(_ card: CardView, _ model: ServicesModel) {
    say(card.title)
    say(card.line)
    say(card.chip?.text)
    touch("card:\(card.id)") { model.send(.open(card.id)) }
    if let plus = card.plus {
      say(plus)
      touch("plus:\(card.id)") { model.send(.start(card.id)) }
    }
  }

  mutating func service(_ model: ServiceModel, _ app: AppModel) {
    banner(app)
    say(model.read.problem)
    guard let view = model.read.view else { return }
    say(view.title)
    say(view.chip.text)
    say(model.problem)
    say(view.summary)
    facts(view.facts)
    offer(view.circular) { model.send(.circular) }
    say(view.circularLine)
    documents(view.documentsTitle, view.documents)
    say(view.whyNot)
    offerMain(view.plus) { model.send(.start) }
  }

  mutating func start(_ model: StartRequestModel, _ app: AppModel) {
    banner(app)
    say(model.read.problem)
    guard let view = model.read.view else { return }
    say(view.title)
    say(view.service)
    say(view.text)
    offer(view.earlier?.open) { model.send(.earlier) }
    say(model.problem)
    documents(view.documentsTitle, view.documents)
    offer(view.startOver) { model.send(.startOver) }
    if let fill = view.fill {
      offerMain(fill) { model.send(.fill) }
    } else {
      offerMain(view.close) { model.send(.close) }
    }
  }

  private mutating func documents(_ title: String?, _ documents: [DocumentView]) {
    say(title)
    for document in documents {
      say(document.title)
      say(document.note)
    }
  }

  mutating func profile(_ model: ProfileModel) {
    say(model.problem ?? model.read.problem)
    guard let view = model.read.view else { return }
    say(view.name)
    say(view.kind)
    say(view.pprLabel)
    say(view.ppr.shown)
    touch("copy:ppr") { model.send(.copy) }
    offer(view.changePassword) { model.send(.changePassword) }
    offer(view.devices) { model.send(.devices) }
    offer(view.charter) { model.send(.charter) }
    offer(view.help) { model.send(.help) }
    say(view.languageLabel)
    say(view.otherLanguage)
    touch("language") { model.send(.language) }
    say(view.themeLabel)
    for theme in view.themes {
      say(theme.label)
      touch("theme:\(theme.key)") { model.send(.choose(theme.theme)) }
      if theme.chosen { hold("theme", theme.key) }
    }
    offer(view.signOut) { model.send(.signOut) }
  }

  mutating func devices(_ model: DevicesModel, _ app: AppModel) {
    banner(app)
    if let problem = model.problem {
      say(problem)
      touch("try-again") { model.send(.retry) }
    }
    guard let view = model.view else { return }
    say(app.core?.phrase(.devices))
    say(view.text)
    for device in view.devices {
      say(device.name)
      say(device.line)
      say(device.current?.text)
      guard let end = device.end else { continue }
      say(end.label)
      touch("end:\(device.id)") { model.send(.end(device.id)) }
    }
  }

  mutating func help(_ model: HelpModel) {
    let view = model.view
    say(view.title)
    say(view.checks.map(\.text))
    say(view.contactsTitle)
    for contact in view.contacts {
      say(contact.label)
      say(contact.value.shown)
      guard contact.link != nil else { continue }
      touch("contact:\(contact.key)") { model.send(.reach(contact)) }
    }
    say(view.aboutTitle)
    facts(view.about)
    for (place, fact) in view.about.enumerated() {
      touch("copy:about:\(place)") { model.send(.copy(fact)) }
    }
    offer(view.privacy) { model.send(.privacy) }
    offer(view.licences) { model.send(.licences) }
    offer(view.diagnostic) { model.send(.diagnostic) }
  }

  mutating func diagnostic(_ model: DiagnosticModel) {
    let view = model.view
    say(view.title)
    say(view.text)
    say(view.lines)
    guard !view.lines.isEmpty else { return }
    offer(view.copy) { model.send(.copy) }
    offer(view.share) { model.send(.share) }
  }
}
