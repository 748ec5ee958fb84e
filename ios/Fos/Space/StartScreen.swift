import FosCore
import FosKit
import SwiftUI

/// What «+» opens.
struct StartScreen: View {
  let model: StartModel

  var body: some View {
    StartContent(view: model.read.view, gone: model.read.problem, send: model.send)
  }
}

struct StartContent: View {
  let view: StartView?
  /// Why there is none.
  var gone: String?
  let send: Send<StartModel.Action>

  var body: some View {
    Paper(name: "start", title: view?.title ?? "") {
      if let gone { QuietState(text: gone).onPage() }
      if let view {
        Text(view.service).heading(.saying).onPage()
        Text(view.text).font(.reading).foregroundStyle(Tokens.onSurface).onPage()
        if !view.documents.isEmpty {
          Documents(title: view.documentsTitle, documents: view.documents)
        }
      }
    } bar: {
      if let view { ActionBar { ActionButton(action: view.close) { send(.close) } } }
    }
  }
}
