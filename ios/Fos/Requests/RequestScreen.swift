import FosCore
import FosKit
import SwiftUI

/// Screen of a request on file: number, state, receipt.
struct RequestScreen: View {
  let view: RequestView?
  /// Reason for which there is none.
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
    if let refusal = view.refusal { RefusalCard(text: refusal).onPage() }
    Section {
      number(of: view)
      ForEach(view.lines, id: \.self) {
        Text($0).font(.body).foregroundStyle(Tokens.onSurface)
      }
    }
    .onCard()
  }

  private func number(of view: RequestView) -> some View {
    HStack {
      VStack(alignment: .leading) {
        Text(view.numberLabel).font(.callout).foregroundStyle(Tokens.onSurfaceVariant)
        IdentifierText(value: view.number)
      }
      .accessibilityElement(children: .combine)
      .accessibilityActions { Button(environment.phrase(.copy)) { send(.copy) } }
      Spacer()
      CopyButton(key: "number", label: view.numberLabel) { send(.copy) }
    }
  }
}

/// Reason of a refusal, and the last day of an appeal.
private struct RefusalCard: View {
  let text: String

  var body: some View {
    Label(text, symbol: "error-fill")
      .font(.body)
      .foregroundStyle(Tokens.onErrorContainer)
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(Tokens.Space.m)
      .background(Tokens.errorContainer, in: .rect(cornerRadius: Tokens.Radius.card))
      .accessibilityElement(children: .combine)
  }
}
