import FosCore
import FosKit
import SwiftUI

/// List of the member's requests: drafts, queued ones, those on file.
struct RequestsScreen: View {
  /// `working` while an entry of the outbox becomes a draft again, and while a draft is deleted.
  let state: ScreenState<RequestsView>
  var pull: @MainActor () async -> Void = {}
  let send: ActionHandler<RequestsModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "requests", title: environment.phrase(.requests), state: state,
      retry: { send(.refresh) }
    ) { view in
      ForEach(view.groups, id: \.title) { group in
        Section(group.title) {
          ForEach(group.cards, id: \.id) { card in
            RequestCard(card: card, send: send).disabled(state.working).onPage()
          }
        }
      }
      if let empty = view.empty {
        EmptyState(text: empty).onPage()
        ActionButton(action: services, symbol: "grid_view", prominent: false) { send(.services) }
          .onPage()
      }
    }
    .refreshable { await pull() }
    .toolbar {
      SymbolToolbarItem(symbol: "person", phrase: .profile, key: "profile") { send(.profile) }
    }
  }

  private var services: ActionView {
    ActionView(key: "services", label: environment.phrase(.services), guideName: nil)
  }
}

/// A request in the list: a card of its own. Where the member must act first, it is outlined in the colour of warnings.
private struct RequestCard: View {
  let card: RequestCardView
  let send: ActionHandler<RequestsModel.Action>

  var body: some View {
    VStack(alignment: .leading, spacing: 0) {
      request
      if let delete = card.delete {
        DeleteButton(action: delete.open, of: card.title) { send(.delete(delete)) }
          .padding([.horizontal, .bottom], Tokens.Space.m)
      }
    }
    .frame(maxWidth: .infinity, alignment: .leading)
    .background(Tokens.card, in: shape)
    .overlay { shape.strokeBorder(edge, lineWidth: thickness) }
  }

  private var request: some View {
    Button {
      send(.open(card.target))
    } label: {
      VStack(alignment: .leading, spacing: Tokens.Space.xs) {
        head
        Chip(chip: card.state)
        Text(card.line).font(.callout)
      }
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(Tokens.Space.m)
      .contentShape(shape)
      .accessibilityElement(children: .combine)
    }
    .buttonStyle(.plain)
    .accessibilityIdentifier("request:\(card.id)")
  }

  private var head: some View {
    AdaptiveStack {
      SymbolTile(name: card.icon)
      VStack(alignment: .leading) {
        Text(card.title).font(.headline)
        if let number = card.number {
          Text(number.shown).accessibilityLabel(number.spoken).font(.callout.monospacedDigit())
            .foregroundStyle(.secondary)
        }
      }
    }
  }

  private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.card) }
  private var edge: Color { card.needsAction ? Tokens.warning : Tokens.outlineVariant }
  private var thickness: CGFloat {
    card.needsAction ? Tokens.Size.focusStroke : Tokens.Size.stroke
  }
}

/// Button that asks before it deletes.
private struct DeleteButton: View {
  let action: ActionView
  let of: String
  let act: @MainActor () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Button(role: .destructive) {
      if environment.counts(action) { act() }
    } label: {
      Label(action.label, symbol: "delete")
        .font(.callout.weight(.semibold)).foregroundStyle(Tokens.error)
        .frame(minHeight: Tokens.Size.touch)
    }
    .buttonStyle(.borderless)
    .accessibilityLabel("\(action.label), \(of)")
    .accessibilityIdentifier(action.key)
    .reportsToTapGate(action)
  }
}
