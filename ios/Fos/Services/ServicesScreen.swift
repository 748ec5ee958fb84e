import FosCore
import FosKit
import SwiftUI

/// Guide step 8: the services, found by words or by category.
struct ServicesScreen: View {
  let state: ScreenState<ServicesView>
  @Binding var search: String
  var pull: @MainActor () async -> Void = {}
  let send: ActionHandler<ServicesModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "services", title: environment.phrase(.services), state: state,
      retry: { send(.refresh) }, rows: rows
    )
    .searchable(
      text: $search, placement: .navigationBarDrawer(displayMode: .always),
      prompt: Text(state.view?.searchHint ?? "")
    )
    .refreshable { await pull() }
    .toolbar {
      SymbolToolbarItem(symbol: "person", phrase: .profile, key: "profile") { send(.profile) }
    }
  }

  @ViewBuilder private func rows(of view: ServicesView) -> some View {
    Categories(categories: view.categories) { send(.choose(category: $0)) }.onPage()
    if view.loading, state.problem == nil { LoadingIndicator().onPage() }
    if let welcome = view.welcome { SuccessLine(text: welcome).onPage() }
    if let unfinished = view.unfinished {
      UnfinishedCard(unfinished: unfinished) { send(.unfinished) }
    }
    ForEach(view.groups, id: \.title) { group in
      Section {
        ForEach(group.services, id: \.id) { ServiceCard(card: $0, send: send) }
      } header: {
        GroupTitle(group: group)
      }
    }
    if let empty = view.empty { EmptyState(text: empty).onPage() }
  }
}

private struct Categories: View {
  let categories: [OptionView]
  let choose: (String) -> Void

  var body: some View {
    ScrollView(.horizontal, showsIndicators: false) {
      HStack(spacing: Tokens.Space.xs) {
        ForEach(categories, id: \.key) { category in
          if category.chosen {
            filter(category, Tokens.onPrimary).buttonStyle(.borderedProminent)
              .accessibilityAddTraits(.isSelected)
          } else {
            filter(category, Tokens.primary).buttonStyle(.bordered)
          }
        }
      }
    }
    .sensoryFeedback(.selection, trigger: categories.first { $0.chosen }?.key)
  }

  private func filter(_ category: OptionView, _ ink: Color) -> some View {
    Button {
      choose(category.key)
    } label: {
      Text(category.label).font(.subheadline.weight(.semibold)).foregroundStyle(ink)
        .frame(minHeight: Tokens.Size.touch - Tokens.Space.m)
    }
    .accessibilityIdentifier("category:\(category.key)")
  }
}

/// Request that was begun last, with the way back to its form.
private struct UnfinishedCard: View {
  let unfinished: UnfinishedView
  let open: @MainActor () -> Void

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Space.s) {
      Text(unfinished.text)
      ActionButton(action: unfinished.open, symbol: "edit", prominent: false, act: open)
    }
    .onCard()
  }
}

private struct GroupTitle: View {
  let group: GroupView

  var body: some View {
    HStack(spacing: Tokens.Space.xs) {
      Circle().fill(group.tone.ink).frame(width: 10, height: 10).accessibilityHidden(true)
      Text(group.title).heading()
      Text(group.count).font(.subheadline.weight(.semibold))
        .foregroundStyle(Tokens.onSurfaceVariant)
    }
    .accessibilityElement(children: .combine)
    .accessibilityAddTraits(.isHeader)
  }
}

/// A service in the list: the card opens its page, «+» starts a request.
private struct ServiceCard: View {
  let card: CardView
  let send: ActionHandler<ServicesModel.Action>
  @Environment(\.dynamicTypeSize) private var typeSize

  var body: some View {
    AdaptiveStack {
      Button(action: { send(.open(card.id)) }, label: { words })
        .buttonStyle(.plain)
        .accessibilityActions {
          if let plus = card.plus { Button(plus) { send(.start(card.id)) } }
        }
        .accessibilityIdentifier("card:\(card.id)")
      if let plus = card.plus {
        Button {
          send(.start(card.id))
        } label: {
          Symbol("add", says: plus).font(.title2).foregroundStyle(Tokens.onPrimary)
            .frame(minWidth: Tokens.Size.plus, minHeight: Tokens.Size.plus)
            .background(Tokens.primary, in: .rect(cornerRadius: Tokens.Radius.button))
        }
        .buttonStyle(.borderless)
        .accessibilityIdentifier("plus:\(card.id)")
      }
    }
    .listRowBackground(card.quiet ? Tokens.surfaceContainerLow : Tokens.card)
  }

  private var words: some View {
    HStack(spacing: Tokens.Space.s) {
      if !typeSize.isAccessibilitySize { SymbolTile(name: card.icon, quiet: card.quiet) }
      VStack(alignment: .leading, spacing: Tokens.Space.xxs) {
        Text(card.title).font(.headline)
        if let chip = card.chip { Chip(chip: chip) }
        Text(card.line).font(.callout).foregroundStyle(.secondary)
      }
      .frame(maxWidth: .infinity, alignment: .leading)
    }
    .contentShape(.rect)
    .accessibilityElement(children: .combine)
  }
}
