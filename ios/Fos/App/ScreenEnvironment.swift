import FosCore
import FosKit
import SwiftUI
import UIKit

typealias ActionHandler<Action> = @MainActor (Action) -> Void

/// Environment of every screen: the member's phrases, the notices, the toast, and the navigation that any screen offers.
struct ScreenEnvironment {
  var phrases: [Phrase: String] = [:]
  var language = Language.ar
  var notices: [NoticeView] = []
  var problem: String?
  var toast: Toast?
  /// Gate of touches; previews have none.
  var tapGate: TapGate?
  /// Screen and section of a button: the same action on another screen counts as another button.
  var page = ""
  var onHelp: @MainActor () -> Void = {}
  var onNotice: @MainActor (NoticeAction) -> Void = { _ in }

  func phrase(_ phrase: Phrase) -> String { phrases[phrase, default: ""] }

  /// Returns true if a press on the button of this action counts. VoiceOver and Switch Control press without a touch.
  @MainActor func counts(_ action: ActionView) -> Bool {
    if UIAccessibility.isVoiceOverRunning || UIAccessibility.isSwitchControlRunning { return true }
    return tapGate?.counts(name(of: action), action) ?? true
  }

  func name(of action: ActionView) -> String { "\(page)/\(action.key)" }
}

private struct ScreenEnvironmentKey: EnvironmentKey {
  static var defaultValue: ScreenEnvironment { ScreenEnvironment() }
}

extension EnvironmentValues {
  var screenEnvironment: ScreenEnvironment {
    get { self[ScreenEnvironmentKey.self] }
    set { self[ScreenEnvironmentKey.self] = newValue }
  }
}

extension Binding {
  /// Creates a binding to a value that only its owner changes: a new value is passed to `onChange`.
  @MainActor init(_ value: Value, onChange: @escaping @MainActor (Value) -> Void) {
    self.init(get: { @MainActor in value }, set: { @MainActor in onChange($0) })
  }
}

extension Language {
  /// Locale identifier, with the country: plain Arabic has other month names and digits.
  var tag: String { self == .ar ? "ar-MA" : "fr-MA" }

  var direction: LayoutDirection { self == .ar ? .rightToLeft : .leftToRight }
}

extension FosTheme {
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
  /// Applies the app's language, direction and screen-reader voice, whatever the phone's are.
  @ViewBuilder func screenEnvironment(_ app: AppModel) -> some View {
    if let core = app.core {
      screenEnvironment(
        ScreenEnvironment(
          phrases: core.phrases, language: core.language, notices: core.notices,
          problem: app.problem, tapGate: app.environment?.tapGate,
          onHelp: { app.send(.help) }, onNotice: { app.send(.notice($0)) })
      )
      .preferredColorScheme(core.theme.scheme)
    } else {
      self
    }
  }

  func screenEnvironment(_ values: ScreenEnvironment) -> some View {
    environment(\.screenEnvironment, values)
      .environment(\.locale, Locale(identifier: values.language.tag))
      .environment(\.layoutDirection, values.language.direction)
  }

  func withoutNotices() -> some View {
    transformEnvironment(\.screenEnvironment) { $0.notices = [] }
  }

  func reportsToTapGate(_ action: ActionView) -> some View {
    modifier(TapGateReporter(action: action))
  }

  func question(_ view: QuestionView?, answer: @escaping ActionHandler<Bool>) -> some View {
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
}

private struct TapGateReporter: ViewModifier {
  let action: ActionView
  @State private var view = UUID()
  @Environment(\.screenEnvironment) private var environment

  func body(content: Content) -> some View {
    content
      .onAppear { environment.tapGate?.appeared(environment.name(of: action), in: view) }
      .onDisappear { environment.tapGate?.disappeared(environment.name(of: action), in: view) }
      .onChange(of: environment.name(of: action)) { left, now in
        environment.tapGate?.disappeared(left, in: view)
        environment.tapGate?.appeared(now, in: view)
      }
  }
}
