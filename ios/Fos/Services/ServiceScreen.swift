import FosCore
import FosKit
import SwiftUI

/// Screen of a service: benefits, deadline, documents.
struct ServiceScreen: View {
  let view: ServiceView?
  var unavailableReason: String?
  var problem: String?
  var fetching = false
  let send: ActionHandler<ServiceModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(
      name: "service", title: environment.phrase(.services), problem: problem,
      unavailableReason: unavailableReason
    ) {
      if let view { rows(of: view) }
    } bar: {
      if let plus = view?.plus {
        ActionBar { ActionButton(action: plus, symbol: "add") { send(.start) } }
      }
    }
  }

  @ViewBuilder private func rows(of view: ServiceView) -> some View {
    DetailHeader(icon: view.icon, title: view.title, chip: view.chip).onPage()
    Text(view.summary).onPage()
    Section {
      ForEach(view.facts, id: \.label) { FactRow(fact: $0) }
      if let circular = view.circular {
        NavigationRow(
          action: circular, symbol: "picture_as_pdf", line: view.circularLine, working: fetching
        ) { send(.circular) }
      }
    }
    if !view.documents.isEmpty { Documents(title: view.documentsTitle, documents: view.documents) }
    if let whyNot = view.whyNot {
      Text(whyNot).font(.headline).foregroundStyle(Tone.quiet.ink).onPage()
    }
  }
}
