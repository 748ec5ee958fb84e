import FosCore
import FosKit
import SwiftUI
import UIKit

/// Text field that owns its text; the core's normalized value replaces it when it is left. While the member types, only the
/// core's grouping of the same text does. The return key starts a new line in a field of several lines, and goes to the next
/// field elsewhere; the tab key goes to the next field from both.
struct TextInputField: View {
  let field: FieldView
  let focus: FocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>
  let goOn: @MainActor () -> Void
  let goBack: @MainActor () -> Void
  @State private var text = ""
  /// Text that the core was given last.
  @State private var sent = ""

  var body: some View {
    AdaptiveStack {
      TextField("", text: $text, prompt: field.placeholder.map { Text($0) }, axis: axis)
        .lineLimit(isProse ? 3...8 : 1...8)
        .asked(field)
        .unit(field.suffix, after: text)
        .focused(focus, equals: field.key)
        .onSubmit { if !isProse { goOn() } }
        .onKeyPress(keys: [.tab, .backTab], phases: .down, action: tab)
      if let suffix = field.suffix {
        Text(suffix).foregroundStyle(.secondary).accessibilityHidden(true)
      }
      if let calendar = field.calendar {
        CalendarButton(field: field, calendar: calendar, focus: focus, send: send)
      }
    }
    .onAppear { text = field.value }
    .onChange(of: text) { type() }
    .onChange(of: [field.value, sent]) { follow() }
    .onChange(of: focus.wrappedValue) { follow() }
  }

  private var isProse: Bool { field.kind == .multilineText }

  /// Axis in which the text grows: an identifier wraps, to be seen whole. The phone fills in a user's name in one line only.
  private var axis: Axis {
    let wraps = isProse || field.leftToRight && field.contentType != .username
    return wraps ? .vertical : .horizontal
  }

  /// Leaves a field of several lines, which would take the tab key as a character.
  private func tab(_ press: KeyPress) -> KeyPress.Result {
    guard isProse else { return .ignored }
    if press.key == .backTab || press.modifiers.contains(.shift) {
      goBack()
    } else if field.last {
      focus.wrappedValue = nil
    } else {
      goOn()
    }
    return .handled
  }

  private func type() {
    // A field that wraps takes the return key as a character.
    guard isProse || !text.contains("\n") else {
      text.removeAll { $0 == "\n" }
      return goOn()
    }
    guard text != field.value else { return }
    send(.type(text, into: field.key))
    sent = text
  }

  private func follow() {
    if focus.wrappedValue != field.key || text == sent, text != field.value { text = field.value }
  }
}

/// Password field: hidden until the member shows it; a new password is shown from the start.
struct SecretField: View {
  let field: FieldView
  let text: String
  let focus: FocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>
  @State private var asked: Bool?
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    HStack {
      Group {
        if shown {
          TextField("", text: typed).verbatim()
        } else {
          SecureField("", text: typed).verbatim()
        }
      }
      .asked(field)
      .focused(focus, equals: field.key)
      Button(action: turn) {
        Symbol(
          shown ? "visibility_off" : "visibility",
          says: environment.phrase(shown ? .hidePassword : .showPassword)
        )
        .frame(minWidth: Tokens.Size.touch, minHeight: Tokens.Size.touch)
      }
      .buttonStyle(.borderless)
      .accessibilityIdentifier("show:\(field.key)")
    }
    .privacySensitive()
  }

  /// Shows or hides the text. Another field replaces this one, and must have the focus for the keyboard to stay.
  private func turn() {
    let held = focus.wrappedValue == field.key
    asked = !shown
    if held { Task { focus.wrappedValue = field.key } }
  }

  private var shown: Bool { asked ?? (field.contentType == .newPassword) }

  private var typed: Binding<String> {
    Binding(text) { send(.type($0, into: field.key)) }
  }
}

struct ChoiceField: View {
  let field: FieldView
  let choose: ActionHandler<String>

  var body: some View {
    let chosen = field.options.first { $0.chosen }?.key ?? ""
    Picker(field.label, selection: Binding(chosen, onChange: choose)) {
      ForEach(field.options, id: \.key) { Text($0.label).tag($0.key) }
    }
    .pickerStyle(.inline)
    .labelsHidden()
    .sensoryFeedback(.selection, trigger: chosen)
    .named(field)
  }
}

/// Switch «I am not a robot», with a spinner while the phone computes. Never a puzzle.
struct CaptchaField: View {
  let field: FieldView
  let tick: @MainActor () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Toggle(isOn: Binding(field.captcha == .done) { _ in tick() }) {
      VStack(alignment: .leading) {
        Text(field.label).font(.headline)
        if field.captcha == .working {
          HStack {
            ProgressView()
            Text(environment.phrase(.working)).foregroundStyle(Tokens.tertiary)
          }
        } else if let guide = field.guideName {
          Text(guide, voice: .fr).foregroundStyle(.secondary)
        }
      }
      .font(.callout)
    }
    .tint(Tokens.primary)
    .sensoryFeedback(.success, trigger: field.captcha) { _, now in now == .done }
    .named(field)
  }
}

extension View {
  /// Names a field to VoiceOver and to tests, with what is wrong and what helps.
  func named(_ field: FieldView) -> some View {
    accessibilityHint(field.hint).accessibilityIdentifier(field.key)
  }

  /// Reads out a field's text with its unit.
  @ViewBuilder fileprivate func unit(_ unit: String?, after text: String) -> some View {
    if let unit { accessibilityValue("\(text) \(unit)") } else { self }
  }

  /// Tells the keyboard, the phone's own passwords and VoiceOver about a field. Nothing is corrected but prose.
  fileprivate func asked(_ field: FieldView) -> some View { modifier(FieldTraits(field: field)) }
}

private struct FieldTraits: ViewModifier {
  let field: FieldView
  @Environment(\.layoutDirection) private var page

  func body(content: Content) -> some View {
    content
      .font(field.leftToRight ? .identifier : .body)
      .textContentType(field.contentType.autofill)
      .keyboardType(field.keyboard.type)
      .textInputAutocapitalization(field.keyboard.capitals)
      .autocorrectionDisabled(field.kind != .multilineText)
      .submitLabel(field.last ? .done : .next)
      // An identifier runs left to right, and begins where the page begins.
      .multilineTextAlignment(field.leftToRight && page == .rightToLeft ? .trailing : .leading)
      .environment(\.layoutDirection, field.leftToRight ? .leftToRight : page)
      .frame(minHeight: Tokens.Size.touch)
      .privacySensitive()
      .accessibilityLabel([field.label, field.count].compactMap(\.self).joined(separator: ", "))
      .named(field)
  }
}

extension FieldView {
  /// Text that VoiceOver reads after the field: the problem, then the help.
  var hint: String { [problem, help].compactMap(\.self).joined(separator: "\n") }
}

extension ContentType {
  fileprivate var autofill: UITextContentType? {
    switch self {
    case .none: nil
    case .username: .username
    case .password: .password
    case .newPassword: .newPassword
    case .email: .emailAddress
    case .phone: .telephoneNumber
    }
  }
}

extension KeyEquivalent {
  /// Character that some keyboards send for Shift+Tab.
  fileprivate static let backTab = KeyEquivalent("\u{19}")
}

extension Keyboard {
  fileprivate var type: UIKeyboardType {
    switch self {
    case .digits: .numberPad
    case .capitals: .asciiCapable
    case .email: .emailAddress
    case .password, .text: .default
    case .amount: .decimalPad
    // With the marks between day, month and year.
    case .day: .numbersAndPunctuation
    case .phone: .phonePad
    }
  }

  fileprivate var capitals: TextInputAutocapitalization {
    switch self {
    case .capitals: .characters
    case .text: .sentences
    default: .never
    }
  }
}
