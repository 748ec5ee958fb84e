import FosCore
import FosKit
import SwiftUI

/// Screen of a queued request, read-only.
struct QueuedRequestScreen: View {
  let state: ScreenState<QueuedRequestView>
  let send: ActionHandler<QueuedRequestModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(name: "queued-request", title: environment.phrase(.requests), state: state) {
      view in
      DetailHeader(icon: view.icon, title: view.title, chip: view.state).onPage()
      Text(view.line).onPage()
      ForEach(view.sections, id: \.title) { section in
        Section(section.title) { ForEach(section.answers, id: \.label) { FactRow(fact: $0) } }
      }
    } bar: { view in
      ActionBar {
        ActionButton(action: view.edit, symbol: "edit", working: state.working, prominent: false) {
          send(.edit)
        }
      }
    }
  }
}
