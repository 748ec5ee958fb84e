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
        Text(view.text).onPage()
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
        Section {
          DestructiveButton(label: view.erase.label, key: view.erase.key, working: erasing) {
            send(.erase)
          }
          .disabled(leaving)
        }
        .onCard()
      }
    }
  }

  private var leaving: Bool { sending || keeping || erasing }
}
