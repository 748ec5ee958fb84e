import FosCore
import FosKit
import SwiftUI

/// Help, available at every stage, signed out too: checks, contacts, and the code to tell them.
struct HelpScreen: View {
  let view: HelpView
  let send: ActionHandler<HelpModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(name: "help", title: view.title) {
      Section { ForEach(view.checks, id: \.text) { HintRow(icon: $0.icon, text: $0.text) } }
      if let title = view.contactsTitle {
        Section(title) {
          ForEach(view.contacts, id: \.key) { ContactRow(contact: $0, send: send) }
        }
      }
      Section(view.aboutTitle) {
        ForEach(view.about.indices, id: \.self) { about(view.about[$0], at: $0) }
      }
      Section {
        NavigationRow(action: view.privacy, symbol: "verified_user") { send(.privacy) }
        NavigationRow(action: view.licences, symbol: "article") { send(.licences) }
        NavigationRow(action: view.diagnostic, symbol: "build") { send(.diagnostic) }
      }
    }
  }

  private func about(_ fact: FactView, at place: Int) -> some View {
    HStack {
      FactRow(fact: fact)
        .accessibilityActions { Button(environment.phrase(.copy)) { send(.copy(fact)) } }
      Spacer()
      CopyButton(key: "about:\(place)", label: fact.label) { send(.copy(fact)) }
      ShareLink(item: fact.value.copied).labelStyle(.iconOnly).buttonStyle(.borderless)
    }
    .onCard()
  }
}

private struct ContactRow: View {
  let contact: ContactView
  let send: ActionHandler<HelpModel.Action>

  var body: some View {
    Group {
      if contact.link == nil {
        HStack(spacing: Tokens.Space.s) { words }
      } else {
        RowButton {
          send(.reach(contact))
        } content: {
          words
          Spacer()
          Symbol("chevron_right").foregroundStyle(.secondary)
        }
        .accessibilityIdentifier("contact:\(contact.key)")
      }
    }
    .accessibilityElement(children: .combine)
    .onCard()
  }

  @ViewBuilder private var words: some View {
    Symbol(contact.icon).foregroundStyle(.secondary)
    VStack(alignment: .leading) {
      Text(contact.label).font(.callout).foregroundStyle(.secondary)
      Text(contact.value.shown).font(contact.link == nil ? .body : .identifier)
    }
  }
}
