import FosCore
import FosKit
import SwiftUI

/// Screen before signing out with unsent work: send, keep or erase it.
struct SignOutScreen: View {
  let view: SignOutConfirmation?
  var problem: String?
  var sending = false
  var keeping = false
  var erasing = false
  let send: ActionHandler<SignOutModel.Action>

  var body: some View {
    ScreenScaffold(name: "sign-out", title: view?.title ?? "", problem: problem) {
      if let view {
        Text(view.text).font(.body).foregroundStyle(Tokens.onSurface).onPage()
        if let sendNow = view.sendNow {
          ActionButton(action: sendNow, symbol: "outgoing_mail", working: sending) {
            send(.sendNow)
          }
          .disabled(leaving).onPage()
        }
        Section {
          ActionButton(
            action: view.keep, symbol: "lock", working: keeping, prominent: view.sendNow == nil
          ) { send(.keep) }
          .disabled(leaving)
        } footer: {
          Text(view.keepLine).font(.callout).foregroundStyle(Tokens.onSurfaceVariant)
        }
        .onPage()
        Section { erase(view.erase) }.onCard()
      }
    }
  }

  private var leaving: Bool { sending || keeping || erasing }

  private func erase(_ action: ActionView) -> some View {
    Button(role: .destructive) {
      send(.erase)
    } label: {
      HStack {
        if erasing { ProgressView() }
        Text(action.label).font(.headline)
      }
      .foregroundStyle(Tokens.error)
      .frame(maxWidth: .infinity)
    }
    .disabled(leaving)
    .accessibilityIdentifier(action.key)
  }
}
