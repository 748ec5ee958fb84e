import FosCore
import FosKit
import SwiftUI

/// Search page for the options of a field with a long list.
struct OptionsScreen: View {
  let key: String
  let label: String
  let found: [OptionView]
  @Binding var search: String
  @State private var isSearching = true
  let send: ActionHandler<OptionsModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(name: "options", title: label) {
      ForEach(found, id: \.key) { option in
        RowButton {
          send(.choose(option.key))
        } content: {
          Text(option.label)
          Spacer()
          if option.chosen { Symbol("check").foregroundStyle(Tokens.primary) }
        }
        .accessibilityAddTraits(option.chosen ? .isSelected : [])
        .accessibilityIdentifier("\(key):\(option.key)")
        .onCard()
      }
      if found.isEmpty { Text(environment.phrase(.noCity)).onPage() }
    }
    .searchable(
      text: $search, isPresented: $isSearching,
      placement: .navigationBarDrawer(displayMode: .always),
      prompt: Text(environment.phrase(.search))
    )
    .autocorrectionDisabled()
  }
}
