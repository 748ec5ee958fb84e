import FosCore
import FosKit
import SwiftUI

/// Loading or error state before the form is fetched.
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
