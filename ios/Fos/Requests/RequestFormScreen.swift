import FosCore
import FosKit
import SwiftUI

/// «+»: a service's form, once it is there.
struct RequestFormScreen: View {
  let model: RequestFormModel

  var body: some View {
    if let form = model.form {
      FormScreen(model: form, helps: false)
    } else {
      RequestFormAwaited(
        problem: model.problem, working: model.reading.working, send: model.send)
    }
  }
}

/// In its place: what is on its way, or the way to ask for it again.
struct RequestFormAwaited: View {
  var problem: String?
  var working = false
  let send: Send<RequestFormModel.Action>
  @Environment(\.around) private var around

  var body: some View {
    Paper(name: "request-form", title: around.say(.requests), problem: problem) {
      if working { Awaited().onPage() } else { TryAgain { send(.retry) }.onPage() }
    }
  }
}
