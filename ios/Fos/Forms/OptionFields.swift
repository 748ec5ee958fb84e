import FosCore
import FosKit
import SwiftUI

/// Single choice from a long list; a tap opens the search page.
struct SearchableField: View {
  let field: FieldView
  let open: @MainActor () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    let chosen = field.options.first { $0.chosen }?.label
    RowButton(act: open) {
      Text(chosen ?? environment.phrase(.choose))
        .foregroundStyle(chosen == nil ? Tokens.onSurfaceVariant : Tokens.onSurface)
      Spacer()
      Symbol("chevron_right").foregroundStyle(.secondary)
    }
    .privacySensitive()
    .accessibilityLabel(field.label)
    .accessibilityValue(chosen ?? environment.phrase(.choose))
    .named(field)
  }
}

/// Options ranked by the member: a tap adds one at the end, another tap removes it.
struct WishesField: View {
  let field: FieldView
  let touch: ActionHandler<String>

  var body: some View {
    ForEach(field.options, id: \.key) { option in
      RowButton {
        touch(option.key)
      } content: {
        RankBadge(place: option.rank)
        Text(option.label)
      }
      .onCard(of: field, ground: option.chosen ? Tokens.primaryContainer : Tokens.card)
      .sensoryFeedback(.selection, trigger: option.rank)
      .accessibilityLabel(option.label)
      .accessibilityValue(option.rank ?? "")
      .accessibilityAddTraits(option.chosen ? .isSelected : [])
      .accessibilityHint(field.problem ?? "")
      .accessibilityIdentifier("\(field.key):\(option.key)")
    }
  }
}

/// Rank of a chosen option; an empty ring for the others.
private struct RankBadge: View {
  let place: String?
  @ScaledMetric(relativeTo: .headline) private var side = Tokens.Size.icon

  var body: some View {
    if let place {
      Text(place)
        .font(.subheadline.weight(.semibold))
        .foregroundStyle(Tokens.onPrimary)
        .frame(minWidth: side, minHeight: side)
        .background(Tokens.primary, in: .rect(cornerRadius: Tokens.Radius.full))
    } else {
      Symbol("radio_button_unchecked")
        .font(.title2)
        .foregroundStyle(Tokens.outline)
        .frame(minWidth: side, minHeight: side)
    }
  }
}

struct DeclarationField: View {
  let field: FieldView
  /// `"true"` or `"false"`.
  let declare: ActionHandler<String>

  var body: some View {
    let declared = field.options.contains { $0.chosen }
    Toggle(isOn: Binding(declared) { declare("\($0)") }) {
      ForEach(field.options, id: \.key) { Text($0.label) }
    }
    .tint(Tokens.primary)
    .sensoryFeedback(.selection, trigger: declared)
    .named(field)
  }
}

/// Text of a read-only field.
struct ReadOnlyField: View {
  let field: FieldView

  var body: some View {
    Text(field.value)
      .font(.headline)
      .frame(minHeight: Tokens.Size.touch)
      .privacySensitive()
      .accessibilityLabel(field.label)
      .accessibilityValue(field.value)
      .named(field)
  }
}
