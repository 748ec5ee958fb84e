import FosCore
import FosKit
import SwiftUI

/// Any form: a section a field, its label above and its help or problem below. The button is its screen's to place.
struct FormRows: View {
  let form: FormView
  let secret: (String) -> String
  /// Key of the field that has the focus: its screen follows it (``FormFocus``).
  let focus: FocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>

  var body: some View {
    if let steps = form.steps { Steps(steps: steps).id(sectionTopID) }
    if let intro = form.intro {
      Text(intro).foregroundStyle(.secondary).onPage()
    }
    ForEach(form.fields, id: \.key) { field in
      Section {
        control(of: field).onCard()
        if let strength = field.strength { StrengthRow(strength: strength) }
        ForEach(field.rules, id: \.text) { RuleRow(rule: $0) }
      } header: {
        if field.kind != .captcha { FieldLabel(field: field) }
      } footer: {
        FieldFooter(field: field)
      }
    }
    if let review = form.review { ReviewRows(review: review, send: send) }
    if let notice = form.notice {
      Text(notice).font(.callout).foregroundStyle(.secondary).onPage()
    }
  }

  @ViewBuilder private func control(of field: FieldView) -> some View {
    switch field.kind {
    case .text, .multilineText:
      TextInputField(field: field, focus: focus, send: send)
        .onSubmit { if field.kind == .text { goOn(from: field) } }
    case .secret:
      SecretField(field: field, text: secret(field.key), focus: focus, send: send)
        .onSubmit { goOn(from: field) }
    case .choice: ChoiceField(field: field) { send(.choose($0, of: field.key)) }
    case .search: SearchableField(field: field) { send(.search(field.key)) }
    case .wishes: WishesField(field: field) { send(.choose($0, of: field.key)) }
    case .declaration: DeclarationField(field: field) { send(.choose($0, of: field.key)) }
    case .captcha: CaptchaField(field: field) { send(.captcha(field.key)) }
    case .readOnly: ReadOnlyField(field: field)
    }
  }

  /// The last field's key does what the button does; the others lead to the next field.
  private func goOn(from field: FieldView) {
    guard !field.last else { return send(.send) }
    let typed = form.fields.filter { [.text, .multilineText, .secret].contains($0.kind) }.map(\.key)
    focus.wrappedValue = typed.drop { $0 != field.key }.dropFirst().first
  }
}

/// Follows the focus in a form's fields. A modifier of its screen: on the rows it would apply once to each section.
struct FormFocus: ViewModifier {
  let form: FormView
  /// Key of the secret field that the core cleared last: it gets the focus.
  let clearedField: String?
  let focus: FocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>
  @Environment(\.screenEnvironment) private var environment

  func body(content: Content) -> some View {
    content
      .onChange(of: form.steps?.current) { focus.wrappedValue = nil }
      .onChange(of: clearedField, initial: true) { _, key in
        if let key { focus.wrappedValue = key }
      }
      .onChange(of: focus.wrappedValue) { left, _ in if let left { send(.leave(left)) } }
      .toolbar {
        // A keyboard of digits has no key that puts it away.
        ToolbarItemGroup(placement: .keyboard) {
          Spacer()
          Button(environment.phrase(.done)) { focus.wrappedValue = nil }
        }
      }
  }
}

/// The label, and the guide's French name for it when there is one.
private struct FieldLabel: View {
  let field: FieldView

  var body: some View {
    VStack(alignment: .leading) {
      Text(field.label).heading()
      if let guide = field.guideName { Text(guide, voice: .fr).font(.callout) }
    }
    // Where there is one thing to touch, that says it.
    .accessibilityHidden(![.choice, .wishes, .declaration].contains(field.kind))
  }
}

/// The problem, or the help whose place it takes.
private struct FieldFooter: View {
  let field: FieldView

  var body: some View {
    if let problem = field.problem {
      Label(problem, symbol: "error-fill")
        .font(.callout).foregroundStyle(Tokens.error).accessibilityHidden(true)
    } else if let help = field.help {
      Text(help).font(.callout).foregroundStyle(Tokens.onSurfaceVariant).accessibilityHidden(true)
    }
  }
}

private struct StrengthRow: View {
  let strength: StrengthView

  var body: some View {
    HStack(spacing: Tokens.Space.xxs) {
      ProgressBars(count: strength.of) {
        $0 <= strength.bars ? strength.tone.ink : Tokens.surfaceContainerHighest
      }
      Text(strength.text).font(.subheadline.weight(.semibold)).foregroundStyle(strength.tone.ink)
    }
    .accessibilityElement(children: .combine)
    .accessibilityAddTraits(.updatesFrequently)
    .onCard()
  }
}

private struct RuleRow: View {
  let rule: RuleView
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Label {
      Text(rule.text)
    } icon: {
      Symbol(rule.met ? "check_circle-fill" : "radio_button_unchecked")
        .foregroundStyle(rule.met ? Tokens.success : Tokens.outline)
    }
    .font(.callout)
    .accessibilityElement(children: .combine)
    .accessibilityValue(rule.met ? environment.phrase(.done) : "")
    .onCard()
  }
}

/// All answers before they are submitted, each section with the way to it, and what comes next.
private struct ReviewRows: View {
  let review: ReviewView
  let send: ActionHandler<FormModel.Action>

  var body: some View {
    Text(review.title).heading().onPage()
    ForEach(review.sections, id: \.section) { section in
      Section(section.answers.title) {
        ForEach(section.answers.answers, id: \.label) { FactRow(fact: $0) }
        ActionButton(action: section.edit, symbol: "edit", prominent: false) {
          send(.openSection(section.section))
        }
        .accessibilityLabel("\(section.edit.label), \(section.answers.title)")
      }
    }
    Text(review.expectation).onPage()
  }
}
