import FosCore
import FosKit
import SwiftUI

/// Screen of a request on file: number, state, receipt.
struct RequestScreen: View {
  /// `working` while the receipt is fetched to be shown.
  let state: ScreenState<RequestView>
  var sharing = false
  let send: ActionHandler<RequestModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "request", title: state.view?.title ?? environment.phrase(.requests), state: state
    ) { view in
      DetailHeader(icon: view.icon, title: view.title, chip: view.state).onPage()
      if let refusal = view.refusal { ProblemCard(text: refusal).onPage() }
      Section {
        CopyRow(key: "number", label: view.numberLabel, value: view.number) { send(.copy) }
        ForEach(view.lines, id: \.self) { Text($0) }
      }
      .onCard()
      AnswerSections(sections: view.sections)
    } bar: { view in
      ActionBar(isRow: true) {
        ActionButton(action: view.receipt, symbol: "receipt_long", working: state.working) {
          send(.receipt)
        }
      } others: {
        ActionButton(action: view.share, symbol: "share", working: sharing, prominent: false) {
          send(.share)
        }
      }
    }
  }
}
