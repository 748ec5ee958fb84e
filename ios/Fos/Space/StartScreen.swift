import FosCore
import FosKit
import SwiftUI

/// Start of a request, which «+» opens.
struct StartScreen: View {
  let model: StartModel

  var body: some View {
    StartContent(
      view: model.read.view, gone: model.read.problem, problem: model.problem,
      dropping: model.dropping.working, question: model.question, send: model.send)
  }
}

struct StartContent: View {
  let view: StartView?
  /// Reason for which there is none.
  var gone: String?
  var problem: String?
  var dropping = false
  var question: QuestionView?
  let send: Send<StartModel.Action>

  var body: some View {
    Paper(name: "start", title: view?.title ?? "", problem: problem) {
      if let gone { QuietState(text: gone).onPage() }
      if let view {
        Text(view.service).heading(.saying).onPage()
        Text(view.text).font(.reading).foregroundStyle(Tokens.onSurface).onPage()
        if let earlier = view.earlier {
          ActionButton(action: earlier.open, prominent: false) { send(.earlier) }.onPage()
        }
        if let anew = view.startOver {
          // Far from where a way on ever stands.
          ActionButton(action: anew, working: dropping, prominent: false) { send(.anew) }.onPage()
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
      ActionButton(action: fill, symbol: "edit") { send(.fill) }.disabled(dropping)
    } else {
      ActionButton(action: view.close) { send(.close) }
    }
  }
}
