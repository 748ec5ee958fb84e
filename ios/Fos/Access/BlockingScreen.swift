import FosCore
import FosKit
import SwiftUI

/// Screen in place of sign-in during maintenance or when an update is required: reason, time, action. Help stays within reach.
struct BlockingScreen: View {
  let state: ScreenState<BlockingView>
  let send: ActionHandler<BlockingModel.Action>

  var body: some View {
    ViewScaffold(name: "gate", title: "", showsHelp: true, state: state) { view in
      VStack(spacing: Tokens.Space.l) {
        Mark(tiles: Tokens.surfaceContainerHighest, lit: Tokens.tertiary)
          .frame(width: 104, height: 104)
        Symbol(view.icon).font(.title).foregroundStyle(.secondary)
        Text(view.title).heading(.title2.weight(.semibold))
        Text(view.text)
      }
      .multilineTextAlignment(.center)
      .frame(maxWidth: .infinity)
      .onPage()
    } bar: { view in
      ActionBar { ActionButton(action: view.action, working: state.working) { send(.act) } }
    }
    .withoutNotices()
  }
}
