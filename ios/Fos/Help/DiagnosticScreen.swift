import FosCore
import FosKit
import SwiftUI

/// The last lines of the log, for the member to read, copy and share. Without lines there is nothing to
/// copy or to share. The buttons stand before the lines, which may be two hundred.
struct DiagnosticScreen: View {
  let view: DiagnosticView
  let send: ActionHandler<DiagnosticModel.Action>

  var body: some View {
    ScreenScaffold(name: "diagnostic", title: view.title) {
      Text(view.text).onPage()
      if !view.lines.isEmpty {
        buttons.onPage()
        ForEach(view.lines.indices, id: \.self) { line(view.lines[$0]) }.english()
      }
    }
  }

  private var buttons: some View {
    TwoActions {
      ActionButton(action: view.share, symbol: "share") { send(.share) }
    } other: {
      ActionButton(action: view.copy, symbol: "content_copy", prominent: false) { send(.copy) }
    }
  }

  private func line(_ text: String) -> some View {
    Text(text).font(.footnote.monospaced())
      .textSelection(.enabled)
      .frame(maxWidth: .infinity, alignment: .leading)
      .onPage()
  }
}
