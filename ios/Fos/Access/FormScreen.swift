import FosCore
import FosKit
import SwiftUI

/// A page that is one form, its button below: asking for a password, a first one of one's own, another one, a request.
struct FormScreen: View {
  let model: FormModel
  var helps = true

  var body: some View {
    FormContent(
      form: model.view, helps: helps, problem: model.problem, working: model.sending.working,
      secret: { model.secrets[$0] }, emptied: model.emptied, send: model.send)
  }
}

struct FormContent: View {
  let form: FormView
  var helps = true
  var problem: String?
  var working = false
  let secret: (String) -> String
  var emptied: String?
  let send: Send<FormModel.Action>

  var body: some View {
    Paper(
      name: form.key, title: form.title, helps: helps, problem: form.summary ?? problem,
      saved: form.saved, part: form.steps?.current ?? 0, working: working
    ) {
      FormRows(form: form, secret: secret, emptied: emptied, send: send)
    } bar: {
      ActionBar {
        if let previous = form.previous {
          TwoWays {
            wayOn
          } other: {
            ActionButton(action: previous, prominent: false) { send(.previous) }.disabled(working)
          }
        } else {
          wayOn
        }
      }
    }
  }

  private var wayOn: some View {
    ActionButton(action: form.action, working: working) { send(.send) }
  }
}

/// The session ended while the member was inside: they sign in again where they are, and nothing is hidden.
struct SignInAgainScreen: View {
  let model: FormModel
  let close: () -> Void
  @Environment(\.around) private var around

  var body: some View {
    FormScreen(model: model, helps: false)
      .silent()
      .toolbar { CloseItem(says: around.say(.close), close: close) }
      .presentationDetents([.medium, .large])
  }
}

/// The way out of a sheet.
struct CloseItem: ToolbarContent {
  let says: String
  let close: () -> Void

  var body: some ToolbarContent {
    ToolbarItem(placement: .cancellationAction) {
      Button(says, action: close).accessibilityIdentifier("back")
    }
  }
}
