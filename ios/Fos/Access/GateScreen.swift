import FosCore
import FosKit
import SwiftUI

/// Nobody can be let in now: why, until when, and what to do. Help stays within reach.
struct GateScreen: View {
  let model: GateModel

  var body: some View {
    if let view = model.view {
      GateContent(view: view, problem: model.problem, working: model.working, send: model.send)
        .silent()
    }
  }
}

struct GateContent: View {
  let view: BlockingView
  var problem: String?
  var working = false
  let send: Send<GateModel.Action>

  var body: some View {
    Paper(name: "gate", title: "", helps: true, problem: problem) {
      VStack(spacing: Tokens.Space.l) {
        Mark(tiles: Tokens.surfaceContainerHighest, lit: Tokens.tertiary)
          .frame(width: 104, height: 104)
        Symbol(view.icon).font(.title).foregroundStyle(Tokens.onSurfaceVariant)
        Text(view.title).heading(.saying)
        Text(view.text).font(.reading).foregroundStyle(Tokens.onSurface)
      }
      .multilineTextAlignment(.center)
      .frame(maxWidth: .infinity)
      .onPage()
    } bar: {
      ActionBar { ActionButton(action: view.action, working: working) { send(.act) } }
    }
  }
}
