import FosCore
import FosKit
import SwiftUI

/// «+»: a service's form, once it is there.
struct RequestFormScreen: View {
  let model: RequestFormModel

  var body: some View {
    if let form = model.form {
      FormScreen(model: form, showsHelp: false)
    } else {
      RequestFormPlaceholder(
        problem: model.problem, working: model.reading.isRunning, send: model.send)
    }
  }
}

/// In its place: what is on its way, or the way to ask for it again.
struct RequestFormPlaceholder: View {
  var problem: String?
  var working = false
  let send: ActionHandler<RequestFormModel.Action>
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScreenScaffold(name: "request-form", title: environment.phrase(.requests), problem: problem) {
      if working { LoadingIndicator().onPage() } else { RetryButton { send(.retry) }.onPage() }
    }
  }
}
