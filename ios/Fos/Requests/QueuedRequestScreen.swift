import FosCore
import FosKit
import SwiftUI

/// Screen of a queued request, read-only.
struct QueuedRequestScreen: View {
  let state: ScreenState<QueuedRequestView>
  let send: ActionHandler<QueuedRequestModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "queued-request", title: state.view?.title ?? environment.phrase(.requests),
      state: state
    ) {
      view in
      DetailHeader(icon: view.icon, title: view.title, chip: view.state).onPage()
      Text(view.line).onPage()
      AnswerSections(sections: view.sections)
    } bar: { view in
      ActionBar {
        ActionButton(action: view.edit, symbol: "edit", working: state.working, prominent: false) {
          send(.edit)
        }
      }
    }
  }
}
