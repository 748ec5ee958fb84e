import FosCore
import FosKit

/// A phone in a member's hands, without the glass: touches, types and reads what the models offer.
@MainActor final class Phone {
  private let outside = Outside()
  private let app: AppModel
  private var focus: Focus?

  init(_ config: Config, _ platform: Platform) {
    app = AppModel(config: config, platform: platform, system: outside)
    app.send(.open)
  }

  /// Does one verb of the protocol.
  func obey(_ verb: Verb) throws -> Answer {
    switch (verb.verb, verb.field, verb.text, verb.on, verb.to) {
    case ("see", _, _, _, _): return see()
    case ("type", let field?, let text?, _, _): try type(text, into: field)
    case ("tap", _, _, let tag?, _): try tap(tag)
    case ("back", _, _, _, _): try back()
    case ("pull", _, _, _, _): try pull()
    case ("language", _, _, _, let code?): app.send(.speak(try language(code)))
    case ("pause", _, _, _, _): app.send(.pause)
    case ("resume", _, _, _, _): app.send(.resume)
    case ("picture", _, _, _, _): return Answer(skipped: true)
    // The models do not notice that a phone is turned: they outlive the views that are drawn anew.
    case ("rotate", _, _, _, _), ("quit", _, _, _, _): break
    default: throw Refused(why: "no verb is called \(verb.verb)")
    }
    return Answer()
  }

  private func see() -> Answer {
    let shown = Shown(app)
    return Answer(
      screen: shown.screen, texts: shown.texts, fields: shown.fields,
      busy: app.working || shown.busy,
      opened: outside.opened, copied: outside.copied)
  }

  private func type(_ text: String, into key: String) throws {
    let shown = Shown(app)
    guard let field = shown.typed[key] else {
      throw Refused(why: "there is no field \(key) on \(shown.screen)")
    }
    leaveField(unlessIn: shown.screen + key)
    field.type(text)
    focus = Focus(place: shown.screen + key, screen: app.screen?.name, leave: field.leave)
  }

  private func tap(_ tag: String) throws {
    leaveField()
    let shown = Shown(app)
    guard let touch = shown.touches.last(where: { $0.tag == tag }) else {
      let tags = shown.touches.map(\.tag).joined(separator: ", ")
      throw Refused(why: "there is no \(tag) on \(shown.screen): \(tags)")
    }
    guard !app.working else { throw Refused(why: "\(tag) takes no touch while the app is at work") }
    hearOut()
    touch.act()
  }

  private func back() throws {
    leaveField()
    guard app.leadsBack else { throw Refused(why: "back would leave the app") }
    app.send(.back)
  }

  /// What was said in passing has passed by the next touch: no view is here that counts its seconds.
  private func hearOut() {
    app.send(.heard)
  }

  private func pull() throws {
    hearOut()
    switch app.screen {
    case let services as ServicesModel: services.send(.refresh)
    case let requests as RequestsModel: requests.send(.refresh)
    default: throw Refused(why: "there is nothing to pull on \(Shown(app).screen)")
    }
  }

  private func language(_ code: String) throws -> Language {
    switch code {
    case "ar": .ar
    case "fr": .fr
    default: throw Refused(why: "no language is called \(code)")
    }
  }

  /// The focus goes elsewhere: the field shows its normal form.
  private func leaveField(unlessIn place: String? = nil) {
    guard let left = focus, left.place != place else { return }
    focus = nil
    if left.screen == app.screen?.name { left.leave() }
  }
}

/// The field that was typed into last.
private struct Focus {
  let place: String
  let screen: String?
  let leave: () -> Void
}
