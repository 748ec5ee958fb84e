import FosCore
import FosKit
import SwiftUI

/// Page of one form, its button below: asking for a password, choosing the first one, changing it, a request.
struct FormScreen: View {
  let form: FormView
  var showsHelp = true
  var problem: String?
  var working = false
  let secret: (String) -> String
  var focusRequest: FocusRequest?
  let send: ActionHandler<FormModel.Action>
  @FocusState private var focus: String?
  @AccessibilityFocusState private var spoken: String?

  var body: some View {
    ScreenScaffold(
      name: form.key, title: form.title, showsHelp: showsHelp, problem: problem,
      saved: form.saved, part: form.steps?.current ?? 0, working: working,
      isTyping: focus != nil
    ) {
      FormRows(form: form, secret: secret, focus: $focus, spoken: $spoken, send: send)
    } bar: {
      if let previous = form.previous {
        ActionBar(isRow: true) {
          primary
        } others: {
          ActionButton(action: previous, prominent: false) { send(.previous) }.disabled(working)
        }
      } else {
        ActionBar { primary }
      }
    }
    .modifier(
      FormFocus(form: form, request: focusRequest, focus: $focus, spoken: $spoken, send: send))
  }

  private var primary: some View {
    ActionButton(action: form.action, working: working) { send(.send) }
  }
}

extension FormScreen {
  init(model: FormModel, showsHelp: Bool = true) {
    self.init(
      form: model.view, showsHelp: showsHelp, problem: model.problem,
      working: model.sending.isRunning, secret: { model.secrets[$0] },
      focusRequest: model.focusRequest, send: model.send)
  }
}

/// Sheet that signs the same member in again after the session has ended, over the screen they are on.
struct SignInAgainScreen: View {
  let model: FormModel

  var body: some View {
    FormScreen(model: model, showsHelp: false)
      .withoutNotices()
      .toolbar { CloseToolbarItem() }
      .presentationDetents([.medium, .large])
  }
}

struct CloseToolbarItem: ToolbarContent {
  @Environment(\.screenEnvironment) private var environment
  @Environment(\.dismiss) private var dismiss

  var body: some ToolbarContent {
    ToolbarItem(placement: .cancellationAction) {
      Button(environment.phrase(.close)) { dismiss() }.accessibilityIdentifier("back")
    }
  }
}
