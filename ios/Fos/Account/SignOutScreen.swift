import FosCore
import FosKit
import SwiftUI

/// Screen before signing out with unsent work: send, keep or erase it.
struct SignOutScreen: View {
  let state: ScreenState<SignOutConfirmation>
  /// Answer that is on its way.
  var answer: UnsentWork?
  let send: ActionHandler<SignOutModel.Action>

  var body: some View {
    ViewScaffold(name: "sign-out", title: state.view?.title ?? "", state: state) { view in
      Text(view.text).onPage()
      if let sendNow = view.sendNow {
        button(.sendNow, sendNow, symbol: "outgoing_mail", prominent: true)
      }
      Section {
        button(.keep, view.keep, symbol: "lock", prominent: view.sendNow == nil)
      } footer: {
        Text(view.keepLine).font(.callout).foregroundStyle(Tokens.onSurfaceVariant)
      }
      Section { button(.erase, view.erase, role: .destructive) }
    }
  }

  private func button(
    _ unsent: UnsentWork, _ action: ActionView, symbol: String? = nil, prominent: Bool = false,
    role: ButtonRole? = nil
  ) -> some View {
    ActionButton(
      action: action, symbol: symbol, working: state.working && answer == unsent,
      prominent: prominent, role: role
    ) { send(.leave(unsent)) }
    .disabled(state.working).onPage()
  }
}
