import FosCore
import FosKit

/// A phone in a member's hands, without the glass: touches, types and reads what the models offer.
@MainActor final class ModelDriver {
  private let outside = RecordingSystemServices()
  private let app: AppModel
  private let clock: TouchClock
  private var focus: Focus?
  private var touched: TapTarget?

  init(_ config: Config, _ platform: Platform) {
    let clock = TouchClock()
    self.clock = clock
    app = AppModel(
      config: config, platform: platform, system: outside, touchClock: { clock.now })
    app.send(.open)
  }

  /// Does one verb of the protocol.
  func perform(_ verb: Verb) async throws -> Answer {
    // Each time: on Linux the main actor changes its thread.
    markUiThread()
    switch (verb.verb, verb.field, verb.text, verb.on, verb.to) {
    case ("see", _, _, _, _): return see()
    case ("type", let field?, let text?, _, _): try type(text, into: field)
    case ("tap", _, _, let tag?, _): try tap(tag, after: verb.after ?? 0)
    case ("again", _, _, _, _): try await again(after: verb.after ?? 0)
    case ("back", _, _, _, _): try back()
    case ("pull", _, _, _, _): try pull()
    case ("language", _, _, _, let code?): app.send(.setLanguage(try language(code)))
    case ("pause", _, _, _, _): await app.pause()
    case ("resume", _, _, _, _): app.send(.resume)
    case ("picture", _, _, _, _): return Answer(skipped: true)
    // The models do not notice that a phone is turned: they outlive the views that are drawn again.
    case ("rotate", _, _, _, _), ("quit", _, _, _, _): break
    default: throw Refused(why: "no verb is called \(verb.verb)")
    }
    return Answer()
  }

  private func see() -> Answer {
    outside.take(from: app.router.current.front)
    let shown = ScreenSnapshot(app)
    report(shown)
    return Answer(
      screen: shown.screen, texts: shown.texts, fields: shown.fields,
      busy: app.isRunning || app.isReading || shown.busy,
      opened: outside.opened, copied: outside.copied)
  }

  private func type(_ text: String, into key: String) throws {
    let shown = ScreenSnapshot(app)
    guard let field = shown.typed[key] else {
      throw Refused(why: "there is no field \(key) on \(shown.screen)")
    }
    leaveField(unlessIn: shown.screen + key)
    field.type(text)
    focus = Focus(place: shown.screen + key, screen: app.router.screen?.name, leave: field.leave)
  }

  private func tap(_ tag: String, after: UInt64) throws {
    leaveField()
    let shown = ScreenSnapshot(app)
    report(shown)
    clock.now += after
    touched = shown.main == tag ? .main : .tag(tag)
    guard let touch = shown.touches.last(where: { $0.tag == tag }) else {
      let tags = shown.touches.map(\.tag).joined(separator: ", ")
      throw Refused(why: "there is no \(tag) on \(shown.screen): \(tags)")
    }
    guard !app.isRunning else {
      throw Refused(why: "\(tag) takes no touch while the app is at work")
    }
    if let action = touch.action, let tapGate = app.environment?.tapGate {
      guard tapGate.counts(shown.name(of: tag), action) else { return }
    }
    dismissToast()
    touch.act()
  }

  /// Touches the place of the last touch: what is there by now takes it, or nothing does.
  private func again(after: UInt64) async throws {
    while app.router.isOpening { await Task.yield() }
    let shown = ScreenSnapshot(app)
    switch touched {
    case .main: if let main = shown.main { try tap(main, after: after) }
    case .tag(let tag):
      if shown.touches.contains(where: { $0.tag == tag }) { try tap(tag, after: after) }
    case nil: throw Refused(why: "nothing was touched yet")
    }
  }

  /// The buttons that show, as the views report them when one comes or goes.
  private func report(_ shown: ScreenSnapshot) {
    app.environment?.tapGate.show(Set(shown.touches.map { shown.name(of: $0.tag) }))
  }

  private func back() throws {
    leaveField()
    guard app.router.canGoBack else { throw Refused(why: "back would leave the app") }
    app.router.back()
  }

  /// Ends a confirmation by the next touch: no view is here that counts its seconds.
  private func dismissToast() {
    app.router.current.front.toast = nil
  }

  private func pull() throws {
    dismissToast()
    switch app.router.screen {
    case let services as ServicesModel: services.send(.refresh)
    case let requests as RequestsModel: requests.send(.refresh)
    default: throw Refused(why: "there is nothing to pull on \(ScreenSnapshot(app).screen)")
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
    if left.screen == app.router.screen?.name { left.leave() }
  }
}

/// TapTarget of a touch, on a face without coordinates.
private enum TapTarget {
  /// The screen's main button.
  case main
  /// Element with this tag.
  case tag(String)
}

/// A monotonic clock of the touches, in ms, that the runner moves.
@MainActor private final class TouchClock {
  var now: UInt64 = 0
}

/// The field that was typed into last.
private struct Focus {
  let place: String
  let screen: String?
  let leave: () -> Void
}
