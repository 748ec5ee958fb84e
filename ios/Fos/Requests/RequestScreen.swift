import FosCore
import FosKit
import SwiftUI

/// A request on file: its number, how it stands, its receipt.
struct RequestScreen: View {
  let model: RequestModel

  var body: some View {
    RequestContent(
      view: model.read.view, gone: model.read.problem, problem: model.problem,
      fetching: model.fetching.working, sharing: model.sharing.working, send: model.send)
  }
}

struct RequestContent: View {
  let view: RequestView?
  /// Reason for which there is none.
  var gone: String?
  var problem: String?
  var fetching = false
  var sharing = false
  let send: Send<RequestModel.Action>
  @Environment(\.around) private var around

  var body: some View {
    Paper(name: "request", title: around.say(.requests), problem: problem) {
      if let gone { QuietState(text: gone).onPage() }
      if let view { rows(of: view) }
    } bar: {
      if let view {
        ActionBar {
          TwoWays {
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
    Subject(icon: view.icon, title: view.title, chip: view.state).onPage()
    if let refusal = view.refusal { RefusalCard(text: refusal).onPage() }
    Section {
      number(of: view)
      ForEach(view.lines, id: \.self) {
        Text($0).font(.reading).foregroundStyle(Tokens.onSurface)
      }
    }
    .onCard()
  }

  private func number(of view: RequestView) -> some View {
    HStack {
      VStack(alignment: .leading) {
        Text(view.numberLabel).font(.beside).foregroundStyle(Tokens.onSurfaceVariant)
        IdentifierText(value: view.number)
      }
      .accessibilityElement(children: .combine)
      .accessibilityActions { Button(around.say(.copy)) { send(.copy) } }
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
      .font(.reading)
      .foregroundStyle(Tokens.onErrorContainer)
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(Tokens.Space.m)
      .background(Tokens.errorContainer, in: .rect(cornerRadius: Tokens.Radius.card))
      .accessibilityElement(children: .combine)
  }
}
