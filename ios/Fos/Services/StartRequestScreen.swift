import FosCore
import FosKit
import SwiftUI

/// Start of a request, which «+» opens.
struct StartRequestScreen: View {
  let view: StartView?
  var unavailableReason: String?
  var problem: String?
  var discardingDraft = false
  var question: QuestionView?
  let send: ActionHandler<StartRequestModel.Action>

  var body: some View {
    ScreenScaffold(
      name: "start", title: view?.title ?? "", problem: problem,
      unavailableReason: unavailableReason
    ) {
      if let view {
        Text(view.service).heading(.title2.weight(.semibold)).onPage()
        Text(view.text).onPage()
        if let earlier = view.earlier {
          ActionButton(action: earlier.open, prominent: false) { send(.earlier) }.onPage()
        }
        if let startOver = view.startOver {
          // Far from where a way on ever stands.
          ActionButton(action: startOver, working: discardingDraft, prominent: false) {
            send(.startOver)
          }
          .onPage()
        }
        if !view.documents.isEmpty {
          Documents(title: view.documentsTitle, documents: view.documents)
        }
      }
    } bar: {
      if let view { ActionBar { ways(of: view) } }
    }
    .question(question) { send(.answer($0)) }
  }

  @ViewBuilder private func ways(of view: StartView) -> some View {
    if let fill = view.fill {
      ActionButton(action: fill, symbol: "edit") { send(.fill) }.disabled(discardingDraft)
    } else {
      ActionButton(action: view.close) { send(.close) }
    }
  }
}
