import FosCore
import FosKit
import SwiftUI

/// In place of a service's form: what is on its way, or the way to ask for it again.
struct RequestFormPlaceholder: View {
  let state: ScreenState<FormView>
  let send: ActionHandler<RequestFormModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ViewScaffold(
      name: "request-form", title: environment.phrase(.requests), state: state,
      retry: { send(.retry) }, rows: { _ in EmptyView() })
  }
}
