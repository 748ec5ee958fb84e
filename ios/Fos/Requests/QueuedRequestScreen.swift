import FosCore
import FosKit
import SwiftUI

/// Screen of a queued request, read-only.
struct QueuedRequestScreen: View {
  let view: QueuedRequestView?
  var unavailableReason: String?
  var problem: String?
  var editing = false
  var question: QuestionView?
  let send: ActionHandler<QueuedRequestModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(
      name: "queued-request", title: environment.phrase(.requests), problem: problem,
      unavailableReason: unavailableReason
    ) {
      if let view { rows(of: view) }
    } bar: {
      if let view {
        ActionBar {
          ActionButton(action: view.edit, symbol: "edit", working: editing, prominent: false) {
            send(.edit)
          }
        }
      }
    }
    .question(question) { send(.answer($0)) }
  }

  @ViewBuilder private func rows(of view: QueuedRequestView) -> some View {
    DetailHeader(icon: view.icon, title: view.title, chip: view.state).onPage()
    Text(view.line).onPage()
    ForEach(view.sections, id: \.title) { section in
      Section(section.title) {
        ForEach(section.answers, id: \.label) { FactRow(fact: $0).onCard() }
      }
    }
  }
}
