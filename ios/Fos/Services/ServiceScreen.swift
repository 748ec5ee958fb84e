import FosCore
import FosKit
import SwiftUI

/// Screen of a service: benefits, deadline, documents.
struct ServiceScreen: View {
  let state: ScreenState<ServiceView>
  let send: ActionHandler<ServiceModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "service", title: state.view?.title ?? environment.phrase(.services), state: state
    ) { view in
      DetailHeader(icon: view.icon, title: view.title, chip: view.chip).onPage()
      Text(view.summary).onPage()
      Section {
        ForEach(view.facts, id: \.label) { FactRow(fact: $0) }
        if let circular = view.circular {
          NavigationRow(
            action: circular, symbol: "picture_as_pdf", line: view.circularLine,
            working: state.working
          ) { send(.circular) }
        }
      }
      Documents(title: view.documentsTitle, documents: view.documents)
      if let whyNot = view.whyNot {
        Text(whyNot).font(.headline).foregroundStyle(Tone.quiet.ink).onPage()
      }
    } bar: { view in
      if let plus = view.plus {
        ActionBar { ActionButton(action: plus, symbol: "add") { send(.start) } }
      }
    }
  }
}
