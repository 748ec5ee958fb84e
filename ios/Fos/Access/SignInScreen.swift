import FosCore
import FosKit
import SwiftUI

/// Guide steps 1, 2 and 5: the door, in the form's own words.
struct SignInScreen: View {
  let model: SignInModel

  var body: some View {
    SignInContent(
      welcome: model.view, form: model.form.view, problem: model.problem,
      working: model.form.sending.working, secret: { model.form.secrets[$0] },
      emptied: model.form.emptied, send: model.send, type: model.form.send)
  }
}

struct SignInContent: View {
  let welcome: WelcomeView
  let form: FormView
  var problem: String?
  var working = false
  let secret: (String) -> String
  var emptied: String?
  let send: Send<SignInModel.Action>
  let type: Send<FormModel.Action>

  var body: some View {
    Paper(name: "sign-in", title: form.title, helps: true, problem: form.summary ?? problem) {
      Door(welcome: welcome).onPage()
      FormRows(form: form, secret: secret, emptied: emptied, send: type)
      ActionButton(action: form.action, working: working) { type(.send) }.onPage()
      Section {
        Text(welcome.firstTimeText).font(.beside).foregroundStyle(Tokens.onSurfaceVariant)
        ActionButton(action: welcome.ask, symbol: "mail", prominent: false) { send(.ask) }
      } header: {
        Text(welcome.firstTime).heading()
      }
      .onCard()
    }
    .toolbar {
      ToolbarItem(placement: .topBarTrailing) {
        Button(
          action: { send(.language) }, label: { Text(welcome.otherLanguage, voice: welcome.other) }
        )
        .accessibilityIdentifier("language")
      }
    }
  }
}

/// Names of the foundation and of the ministry.
private struct Door: View {
  let welcome: WelcomeView

  var body: some View {
    ViewThatFits(in: .horizontal) {
      HStack(spacing: Tokens.Space.m) { sign }
      VStack(alignment: .leading, spacing: Tokens.Space.s) { sign }
    }
    .padding(Tokens.Space.m)
    .frame(maxWidth: .infinity, alignment: .leading)
    .background(Tokens.brand, in: .rect(cornerRadius: Tokens.Radius.card))
    .accessibilityElement(children: .combine)
  }

  @ViewBuilder private var sign: some View {
    Mark(tiles: Tokens.onBrand, lit: Tokens.brandMark).frame(width: 56, height: 56)
    VStack(alignment: .leading) {
      Text(welcome.foundation).font(.heading).foregroundStyle(Tokens.onBrand)
      Text(welcome.ministry).font(.beside).foregroundStyle(Tokens.onBrandVariant)
    }
  }
}
