import FosCore
import FosKit
import SwiftUI

/// A request that waits to be sent, to be read.
struct QueuedScreen: View {
  let model: QueuedModel

  var body: some View {
    QueuedContent(
      view: model.read.view, gone: model.read.problem, problem: model.problem,
      editing: model.takingBack.working, question: model.question, send: model.send)
  }
}

struct QueuedContent: View {
  let view: QueuedRequestView?
  /// Reason for which there is none.
  var gone: String?
  var problem: String?
  var editing = false
  var question: QuestionView?
  let send: Send<QueuedModel.Action>
  @Environment(\.around) private var around

  var body: some View {
    Paper(name: "queued-request", title: around.say(.requests), problem: problem) {
      if let gone { QuietState(text: gone).onPage() }
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
    Subject(icon: view.icon, title: view.title, chip: view.state).onPage()
    Text(view.line).font(.reading).foregroundStyle(Tokens.onSurface).onPage()
    ForEach(view.sections, id: \.title) { section in
      Section {
        ForEach(section.answers, id: \.label) { FactRow(fact: $0).onCard() }
      } header: {
        Text(section.title).heading()
      }
    }
  }
}
