import Accessibility
import FosCore
import FosKit
import SwiftUI

/// Rows of any form: a section for each field, its label above, its problem and its help below. Its screen places the button.
struct FormRows: View {
  let form: FormView
  let secret: (String) -> String
  /// Key of the field that has the focus: its screen follows it (``FormFocus``).
  let focus: FocusState<String?>.Binding
  /// Key of the field that VoiceOver is on, or the place of the summary.
  let spoken: AccessibilityFocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>

  var body: some View {
    if let summary = form.summary {
      SummaryRows(summary: summary, spoken: spoken) { send(.openField($0)) }
    }
    if let steps = form.steps { Steps(steps: steps).id(sectionTopID) }
    if let intro = form.intro {
      Text(intro).foregroundStyle(.secondary).onPage()
    }
    ForEach(form.fields, id: \.key) { field in
      Section {
        if field.kind.hasOptions {
          control(of: field).id(field.key).onCard(of: field)
        } else {
          control(of: field).accessibilityFocused(spoken, equals: field.key).id(field.key)
            .onCard(of: field)
        }
        if let strength = field.strength { StrengthRow(strength: strength) }
        ForEach(field.rules, id: \.text) { RuleRow(rule: $0) }
      } header: {
        if field.kind != .captcha { FieldLabel(field: field, spoken: spoken) }
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
      TextInputField(field: field, focus: focus, send: send) {
        goOn(from: field)
      } goBack: {
        focus.wrappedValue = form.typedFields.prefix { $0 != field.key }.last
      }
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
    focus.wrappedValue = form.typedFields.drop { $0 != field.key }.dropFirst().first
  }
}

extension FormView {
  /// Keys of the fields that a keyboard fills in.
  fileprivate var typedFields: [String] {
    fields.filter { [.text, .multilineText, .secret].contains($0.kind) }.map(\.key)
  }
}

extension FieldKind {
  /// True for a field of several controls: VoiceOver reads its label as an element of its own.
  fileprivate var hasOptions: Bool { [.choice, .wishes, .declaration].contains(self) }
}

/// Follows the focus in a form's fields, and leads it to the place that is asked for. A modifier of its screen: on the rows it
/// would apply once to each section.
struct FormFocus: ViewModifier {
  let form: FormView
  let request: FocusRequest?
  let focus: FocusState<String?>.Binding
  let spoken: AccessibilityFocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>
  @Environment(\.screenEnvironment) private var environment
  @Environment(\.accessibilityReduceMotion) private var still

  func body(content: Content) -> some View {
    ScrollViewReader { page in
      following(content)
        .animation(still ? nil : .default, value: form.summary)
        .onChange(of: form.steps?.current) {
          guard request == nil else { return }
          focus.wrappedValue = nil
          page.scrollTo(sectionTopID, anchor: .top)
          AccessibilityNotification.ScreenChanged().post()
        }
        .task(id: request) { if let request { await show(request, on: page) } }
        .sensoryFeedback(.error, trigger: request) { _, now in
          now != nil && now?.field == nil
        }
    }
  }

  private func show(_ request: FocusRequest, on page: ScrollViewProxy) async {
    page.scrollTo(request.field ?? summaryID, anchor: request.field == nil ? .top : .center)
    // A row out of sight has no view yet that could have the focus.
    guard (try? await Task.sleep(for: .milliseconds(Tokens.Motion.medium))) != nil else { return }
    focus.wrappedValue = form.typedFields.first { $0 == request.field }
    spoken.wrappedValue = request.field ?? summaryID
  }

  private func following(_ content: Content) -> some View {
    content
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

/// Label of a field, with the guide's French name if there is one.
private struct FieldLabel: View {
  let field: FieldView
  let spoken: AccessibilityFocusState<String?>.Binding

  var body: some View {
    VStack(alignment: .leading) {
      AdaptiveStack {
        Text(field.label).heading()
          .frame(maxWidth: .infinity, alignment: .leading)
          .accessibilityHint(field.hint)
          .accessibilityFocused(spoken, equals: field.key)
        if let count = field.count { HelpText(text: count) }
      }
      if let guide = field.guideName { Text(guide, voice: .fr).font(.callout) }
      // Below the options it would be out of sight.
      if field.kind == .wishes, let help = field.help { HelpText(text: help) }
    }
    // A single control has the label itself.
    .accessibilityHidden(!field.kind.hasOptions)
  }
}

private struct FieldFooter: View {
  let field: FieldView

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Space.xxs) {
      if let problem = field.problem {
        Label(problem, symbol: "error-fill").font(.callout).foregroundStyle(Tokens.error)
      }
      if field.kind != .wishes, let help = field.help { HelpText(text: help) }
    }
    .accessibilityHidden(true)
  }
}

private struct HelpText: View {
  let text: String

  var body: some View {
    Text(text).font(.callout.monospacedDigit()).foregroundStyle(Tokens.onSurfaceVariant)
      .textCase(nil)
  }
}

/// Problems of a form that was not accepted, each with a link to its field.
private struct SummaryRows: View {
  let summary: ProblemSummaryView
  let spoken: AccessibilityFocusState<String?>.Binding
  let open: ActionHandler<String>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Section {
      Label(summary.text, symbol: "error-fill", says: environment.phrase(.problemIcon))
        .font(.headline)
        .accessibilityElement(children: .combine)
        .accessibilityFocused(spoken, equals: summaryID)
        .id(summaryID)
      ForEach(summary.problems, id: \.field) { link in
        RowButton {
          open(link.field)
        } content: {
          Text(link.text).font(.callout)
          Spacer()
          Symbol("chevron_right")
        }
        .accessibilityIdentifier("problem:\(link.field)")
      }
    }
    .foregroundStyle(Tokens.onErrorContainer)
    .listRowBackground(Tokens.errorContainer)
  }
}

/// Identifiers of the places where the summary of problems, and a form's page, begin.
private let summaryID = "summary"
private let sectionTopID = "part"

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

/// All answers before they are submitted, each section with a button that edits it, and what comes next.
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
