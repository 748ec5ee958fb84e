import FosCore
import FosKit
import SwiftUI

/// One service: what it gives, until when, and with which papers.
struct ServiceScreen: View {
  let model: ServiceModel

  var body: some View {
    ServiceContent(
      view: model.read.view, gone: model.read.problem, problem: model.problem,
      fetching: model.fetching.working, send: model.send)
  }
}

struct ServiceContent: View {
  let view: ServiceView?
  /// Reason for which there is none.
  var gone: String?
  var problem: String?
  var fetching = false
  let send: Send<ServiceModel.Action>
  @Environment(\.around) private var around

  var body: some View {
    Paper(name: "service", title: around.say(.services), problem: problem) {
      if let gone { QuietState(text: gone).onPage() }
      if let view { rows(of: view) }
    } bar: {
      if let plus = view?.plus {
        ActionBar { ActionButton(action: plus, symbol: "add") { send(.start) } }
      }
    }
  }

  @ViewBuilder private func rows(of view: ServiceView) -> some View {
    Subject(icon: view.icon, title: view.title, chip: view.chip).onPage()
    Text(view.summary).font(.reading).foregroundStyle(Tokens.onSurface).onPage()
    Section {
      ForEach(view.facts, id: \.label) { FactRow(fact: $0) }
      if let circular = view.circular {
        WayRow(
          action: circular, symbol: "picture_as_pdf", line: view.circularLine, working: fetching
        ) { send(.circular) }
      }
    }
    if !view.documents.isEmpty { Documents(title: view.documentsTitle, documents: view.documents) }
    if let whyNot = view.whyNot {
      Text(whyNot).font(.heading).foregroundStyle(Tone.quiet.ink).onPage()
    }
  }
}
