import FosCore
import FosKit
import SwiftUI

/// Guide step 4: the mail is on its way.
struct MailSentScreen: View {
  /// `working` while another mail is asked for.
  let state: ScreenState<PasswordSentView>
  var correcting = false
  let send: ActionHandler<MailSentModel.Action>

  var body: some View {
    ViewScaffold(
      name: "mail-sent", title: state.view?.title ?? "", showsHelp: true, state: state, rows: rows
    ) { view in
      ActionBar {
        ActionButton(action: view.haveIt) { send(.signIn) }
      } others: {
        if let countdown = view.countdown {
          // Time until the member may ask again, in words and as a line that empties.
          ProgressView(value: countdown.remaining) {
            Text(countdown.text).font(.subheadline.weight(.semibold)).foregroundStyle(.secondary)
          }
          .tint(Tokens.tertiary)
          .accessibilityElement(children: .ignore)
          .accessibilityLabel(countdown.text)
        } else {
          ActionButton(action: view.askAgain, working: state.working, prominent: false) {
            send(.askAgain)
          }
        }
      }
    }
  }

  @ViewBuilder private func rows(of view: PasswordSentView) -> some View {
    Steps(steps: view.steps)
    VStack(spacing: Tokens.Space.m) {
      Symbol("outgoing_mail").font(.largeTitle).foregroundStyle(Tokens.primary)
      Text(view.ifMatch).font(.headline)
        .multilineTextAlignment(.center).accessibilityAddTraits(.isHeader)
    }
    .frame(maxWidth: .infinity)
    .onPage()
    Section {
      IdentifierText(label: view.sentToLabel, value: view.sentTo).onCard()
      ForEach(view.typed, id: \.label) { FactRow(fact: $0) }
      NavigationRow(action: view.correct, symbol: "edit", working: correcting) { send(.correct) }
    }
    Section { ForEach(view.hints, id: \.text) { HintRow(icon: $0.icon, text: $0.text) } }
  }
}
