import FosCore
import FosKit
import SwiftUI
import UIKit

/// A field whose text the member may see. It owns its text: the core's normal form shows once the member is elsewhere, and
/// never changes under their fingers. The return key begins another line in a field of several.
struct TextInputField: View {
  let field: FieldView
  let focus: FocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>
  @State private var text = ""

  var body: some View {
    let isProse = field.kind == .multilineText
    TextField("", text: $text, axis: isProse ? .vertical : .horizontal)
      .lineLimit(isProse ? 3...8 : 1...1)
      .asked(field)
      .focused(focus, equals: field.key)
      .onAppear { text = field.value }
      .onChange(of: text) { if text != field.value { send(.type(text, into: field.key)) } }
      .onChange(of: field.value) { follow() }
      .onChange(of: focus.wrappedValue) { follow() }
  }

  private func follow() {
    if focus.wrappedValue != field.key, text != field.value { text = field.value }
  }
}

/// A field whose text only the member sees, and only when they ask; one being chosen is shown from the start.
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

  /// Another field takes its place: the keyboard stays with it.
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

/// «I am not a robot»: a switch that turns while the phone works. Never a puzzle.
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
  /// Names a field to VoiceOver and to tests, with what is wrong, or the help whose place that takes.
  func named(_ field: FieldView) -> some View {
    accessibilityHint(field.problem ?? field.help ?? "").accessibilityIdentifier(field.key)
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
      .accessibilityLabel(field.label)
      .named(field)
  }
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
