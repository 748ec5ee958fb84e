import FosCore
import FosKit
import SwiftUI

/// Guide steps 1, 2 and 5: sign-in.
struct SignInScreen: View {
  let welcome: WelcomeView
  let form: FormView
  var problem: String?
  var working = false
  let secret: (String) -> String
  var focusRequest: FocusRequest?
  let send: ActionHandler<SignInModel.Action>
  let type: ActionHandler<FormModel.Action>
  @Environment(\.dynamicTypeSize) private var typeSize
  @Environment(\.verticalSizeClass) private var height
  @FocusState private var focus: String?
  @AccessibilityFocusState private var spoken: String?

  var body: some View {
    ScreenScaffold(
      name: "sign-in", title: form.title, showsHelp: true, problem: problem,
      working: working
    ) {
      BrandCard(welcome: welcome).onPage()
      FormRows(form: form, secret: secret, focus: $focus, spoken: $spoken, send: type)
      if height != .compact { submit.onPage() }
      Section(welcome.firstTime) {
        Text(welcome.firstTimeText).font(.callout).foregroundStyle(.secondary)
        ActionButton(action: welcome.ask, symbol: "mail", prominent: false) { send(.ask) }
      }
      .onCard()
      // In the card it would push the form below the fold at the largest font sizes.
      if typeSize.isAccessibilitySize {
        Text(welcome.ministry).font(.callout).foregroundStyle(.secondary).onPage()
      }
    } bar: {
      // On its side the button would lie below the form, out of sight.
      if height == .compact { ActionBar { submit } }
    }
    .modifier(
      FormFocus(form: form, request: focusRequest, focus: $focus, spoken: $spoken, send: type)
    )
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

extension SignInScreen {
  private var submit: some View {
    ActionButton(action: form.action, working: working) { type(.send) }
  }
}

private struct BrandCard: View {
  let welcome: WelcomeView
  @Environment(\.dynamicTypeSize) private var typeSize

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
      Text(welcome.foundation).font(.headline).foregroundStyle(Tokens.onBrand)
      if !typeSize.isAccessibilitySize {
        Text(welcome.ministry).font(.callout).foregroundStyle(Tokens.onBrandVariant)
      }
    }
  }
}
