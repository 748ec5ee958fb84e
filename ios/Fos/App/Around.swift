import Accessibility
import FosCore
import FosKit
import SwiftUI
import UIKit

/// Receiver of a screen's actions.
typealias Send<Action> = @MainActor (Action) -> Void

/// Environment of every screen: the member's phrases, the notices, and the navigation that any screen offers.
struct Around {
  var phrases: [Phrase: String] = [:]
  var language = Language.ar
  var notices: [NoticeView] = []
  /// Problem of a notice's button.
  var problem: String?
  /// The gate of touches; previews have none.
  var taps: Taps?
  /// Screen and section that a button belongs to: on another one it is another button.
  var page = ""
  var help: @MainActor () -> Void = {}
  var follow: @MainActor (NoticeAction) -> Void = { _ in }

  /// The words for a sign that stands alone.
  func say(_ phrase: Phrase) -> String { phrases[phrase, default: ""] }

  /// Returns true if a press on the button of this action counts. VoiceOver and Switch Control press without a touch.
  @MainActor func counts(_ action: ActionView) -> Bool {
    if UIAccessibility.isVoiceOverRunning || UIAccessibility.isSwitchControlRunning { return true }
    return taps?.counts(name(of: action), action) ?? true
  }

  func name(of action: ActionView) -> String { "\(page)/\(action.key)" }
}

private struct AroundKey: EnvironmentKey {
  static var defaultValue: Around { Around() }
}

extension EnvironmentValues {
  var around: Around {
    get { self[AroundKey.self] }
    set { self[AroundKey.self] = newValue }
  }
}

extension Binding {
  /// A value that is read here and told there: a face changes nothing by itself.
  @MainActor init(_ value: Value, told: @escaping @MainActor (Value) -> Void) {
    self.init(get: { @MainActor in value }, set: { @MainActor in told($0) })
  }
}

extension Language {
  /// The platform's name for it. Always with the country: plain Arabic writes other months and digits.
  var tag: String {
    switch self {
    case .ar: "ar-MA"
    case .fr: "fr-MA"
    }
  }

  var direction: LayoutDirection {
    switch self {
    case .ar: .rightToLeft
    case .fr: .leftToRight
    }
  }
}

extension Theme {
  /// Colour scheme for the system; `nil` where the phone decides.
  var scheme: ColorScheme? {
    switch self {
    case .phone: nil
    case .light: .light
    case .dark: .dark
    }
  }
}

extension View {
  /// In the app's language, its direction and its voice, whatever the phone's are.
  @ViewBuilder func within(_ app: AppModel) -> some View {
    if let live = app.live {
      within(
        Around(
          phrases: live.phrases, language: live.language, notices: live.notices,
          problem: app.problem, taps: live.taps, help: { app.send(.help) },
          follow: { app.send(.follow($0)) })
      )
      .preferredColorScheme(live.theme.scheme)
    } else {
      self
    }
  }

  func within(_ around: Around) -> some View {
    environment(\.around, around)
      .environment(\.locale, Locale(identifier: around.language.tag))
      .environment(\.layoutDirection, around.language.direction)
  }

  /// Without notices: where one would say again what the screen is about.
  func silent() -> some View { transformEnvironment(\.around) { $0.notices = [] } }

  /// Nothing of the member's shows in the list of apps, nor while the system lies over the app.
  func covered() -> some View { modifier(Cover()) }

  /// The button of this action, reported to the gate of touches for as long as it shows.
  func reported(_ action: ActionView) -> some View { modifier(Reported(action: action)) }

  /// Question over the screen, until it is answered.
  func question(_ view: QuestionView?, answer: @escaping Send<Bool>) -> some View {
    alert(
      view?.question ?? "",
      isPresented: Binding(view != nil) { if !$0, view != nil { answer(false) } }
    ) {
      if let view {
        Button(role: .cancel, action: { answer(false) }, label: { Text(view.cancel.label) })
          .accessibilityIdentifier(view.cancel.key)
        Button(role: .destructive, action: { answer(true) }, label: { Text(view.confirm.label) })
          .accessibilityIdentifier(view.confirm.key)
      }
    } message: {
      if let view { Text(view.consequences) }
    }
  }

  /// Shows the confirmation of an action for a moment, over whatever lies on top.
  func saying(_ app: AppModel, here: Bool) -> some View {
    overlay(alignment: .bottom) {
      if here, let said = app.said { SaidCard(text: said) }
    }
    .sensoryFeedback(.success, trigger: app.said) { _, said in here && said != nil }
    .task(id: app.said) {
      guard here, let said = app.said else { return }
      AccessibilityNotification.Announcement(said).post()
      // Cut short when something else is said.
      guard (try? await Task.sleep(for: .seconds(5))) != nil else { return }
      app.send(.heard)
    }
  }
}

private struct Reported: ViewModifier {
  let action: ActionView
  @Environment(\.around) private var around

  func body(content: Content) -> some View {
    content
      .onAppear { around.taps?.appeared(around.name(of: action)) }
      .onDisappear { around.taps?.disappeared(around.name(of: action)) }
      .onChange(of: around.name(of: action)) { left, now in
        around.taps?.disappeared(left)
        around.taps?.appeared(now)
      }
  }
}

private struct Cover: ViewModifier {
  @Environment(\.scenePhase) private var phase

  func body(content: Content) -> some View {
    content.overlay {
      if phase != .active {
        Mark(tiles: Tokens.onBrand, lit: Tokens.brandMark)
          .frame(width: 104, height: 104)
          .frame(maxWidth: .infinity, maxHeight: .infinity)
          .background(Tokens.brand)
          .ignoresSafeArea()
          .accessibilityHidden(true)
      }
    }
  }
}
