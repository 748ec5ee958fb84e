import FosCore
import FosKit
import SwiftUI

/// Screen in place of sign-in during maintenance or when an update is required: reason, time, action. Help stays within reach.
struct BlockingScreen: View {
  let view: BlockingView
  var problem: String?
  var working = false
  let send: ActionHandler<BlockingModel.Action>

  var body: some View {
    ScreenScaffold(name: "gate", title: "", showsHelp: true, problem: problem) {
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
    } bar: {
      ActionBar { ActionButton(action: view.action, working: working) { send(.act) } }
    }
    .withoutNotices()
  }
}
