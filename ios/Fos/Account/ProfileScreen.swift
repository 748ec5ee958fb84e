import FosCore
import FosKit
import SwiftUI

/// Sheet of the profile: the member, language and theme, sign-out.
struct ProfileScreen: View {
  /// `working` while the member is signed out.
  let state: ScreenState<ProfileView>
  let send: ActionHandler<ProfileModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(name: "profile", title: environment.phrase(.profile), state: state) { view in
      Section { member(view) }.onCard()
      Section {
        NavigationRow(action: view.changePassword, symbol: "key") { send(.changePassword) }
        NavigationRow(action: view.devices, symbol: "devices") { send(.devices) }
        NavigationRow(action: view.charter, symbol: "contract") { send(.charter) }
        NavigationRow(action: view.help, symbol: "help") { send(.help) }
      }
      Section {
        language(view)
        theme(view)
      }
      .onCard()
      Section {
        ActionButton(
          action: view.signOut, symbol: "logout", working: state.working, role: .destructive
        ) { send(.signOut) }
      }
      .onPage()
    }
    .toolbar { CloseToolbarItem() }
  }

  @ViewBuilder private func member(_ view: ProfileView) -> some View {
    VStack(alignment: .leading) {
      Text(view.name).heading(.title2.weight(.semibold))
      Text(view.kind).font(.subheadline.weight(.semibold)).foregroundStyle(.secondary)
    }
    .privacySensitive()
    CopyRow(key: "ppr", label: view.pprLabel, value: view.ppr) { send(.copy) }
  }

  private func language(_ view: ProfileView) -> some View {
    let chosen = Binding(false) { if $0 { send(.language) } }
    return choice(view.languageLabel, "language", chosen) {
      Text(view.ownLanguage).tag(false)
      Text(view.otherLanguage, voice: view.other).tag(true)
    }
  }

  private func theme(_ view: ProfileView) -> some View {
    let now = view.themes.first(where: \.chosen)?.theme ?? .phone
    return choice(view.themeLabel, "theme", Binding(now) { send(.choose($0)) }) {
      ForEach(view.themes, id: \.key) { Text($0.label).tag($0.theme) }
    }
  }

  private func choice<Value: Hashable>(
    _ label: String, _ key: String, _ chosen: Binding<Value>,
    @ViewBuilder answers: () -> some View
  ) -> some View {
    VStack(alignment: .leading, spacing: Tokens.Space.xs) {
      Text(label).font(.callout).foregroundStyle(.secondary).accessibilityHidden(true)
      Picker(label, selection: chosen, content: answers)
        .pickerStyle(.segmented)
        .accessibilityIdentifier(key)
    }
  }
}
