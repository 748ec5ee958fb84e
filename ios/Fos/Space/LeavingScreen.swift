import FosCore
import FosKit
import SwiftUI

/// Signing out with work that was not sent: sent now, kept for the same member, or erased.
struct LeavingScreen: View {
  let model: LeavingModel

  var body: some View {
    LeavingContent(
      view: model.read.view, problem: model.problem ?? model.read.problem,
      sending: model.sending.working, keeping: model.keeping.working,
      erasing: model.erasing.working, send: model.send)
  }
}

struct LeavingContent: View {
  let view: SignOutConfirmation?
  var problem: String?
  var sending = false
  var keeping = false
  var erasing = false
  let send: Send<LeavingModel.Action>

  var body: some View {
    Paper(name: "sign-out", title: view?.title ?? "", problem: problem) {
      if let view {
        Text(view.text).font(.reading).foregroundStyle(Tokens.onSurface).onPage()
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
          Text(view.keepLine).font(.beside).foregroundStyle(Tokens.onSurfaceVariant)
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
        Text(action.label).font(.heading)
      }
      .foregroundStyle(Tokens.error)
      .frame(maxWidth: .infinity)
    }
    .disabled(leaving)
    .accessibilityIdentifier(action.key)
  }
}
