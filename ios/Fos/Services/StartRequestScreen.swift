import FosCore
import FosKit
import SwiftUI

/// Start of a request, which «+» opens.
struct StartRequestScreen: View {
  /// `working` while a draft is discarded.
  let state: ScreenState<StartView>
  let send: ActionHandler<StartRequestModel.Action>

  var body: some View {
    ViewScaffold(name: "start", title: state.view?.title ?? "", state: state) { view in
      Text(view.service).heading(.title2.weight(.semibold)).onPage()
      Text(view.text).onPage()
      if let earlier = view.earlier {
        ActionButton(action: earlier.open, prominent: false) { send(.earlier) }.onPage()
      }
      if let startOver = view.startOver {
        // Kept away from the primary button.
        ActionButton(action: startOver, working: state.working, prominent: false) {
          send(.startOver)
        }
        .onPage()
      }
      Documents(title: view.documentsTitle, documents: view.documents)
    } bar: { view in
      ActionBar {
        if let fill = view.fill {
          ActionButton(action: fill, symbol: "edit") { send(.fill) }.disabled(state.working)
        } else {
          ActionButton(action: view.close) { send(.close) }
        }
      }
    }
  }
}
