import FosCore
import FosKit
import SwiftUI

/// Screen of a request on file: number, state, receipt.
struct RequestScreen: View {
  let view: RequestView?
  var unavailableReason: String?
  var problem: String?
  var fetching = false
  var sharing = false
  let send: ActionHandler<RequestModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(
      name: "request", title: environment.phrase(.requests), problem: problem,
      unavailableReason: unavailableReason
    ) {
      if let view { rows(of: view) }
    } bar: {
      if let view {
        ActionBar {
          TwoActions {
            ActionButton(action: view.receipt, symbol: "receipt_long", working: fetching) {
              send(.receipt)
            }
          } other: {
            ActionButton(
              action: view.share, symbol: "share", working: sharing, prominent: false
            ) { send(.share) }
          }
        }
      }
    }
  }

  @ViewBuilder private func rows(of view: RequestView) -> some View {
    DetailHeader(icon: view.icon, title: view.title, chip: view.state).onPage()
    if let refusal = view.refusal { ProblemCard(text: refusal).onPage() }
    Section {
      CopyRow(key: "number", label: view.numberLabel, value: view.number) { send(.copy) }
      ForEach(view.lines, id: \.self) {
        Text($0)
      }
    }
    .onCard()
  }
}
