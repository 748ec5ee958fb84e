import FosCore
import FosKit
import SwiftUI

/// Guide step 4: the mail is on its way.
struct MailSentScreen: View {
  let model: MailSentModel

  var body: some View {
    TimelineView(.periodic(from: .now, by: 1)) { _ in
      let read = model.read
      if let view = read.view {
        MailSentContent(
          view: view, problem: model.problem, correcting: model.correcting.isRunning,
          asking: model.asking.isRunning, send: model.send)
      } else {
        EmptyState(text: read.problem ?? "").background(Tokens.surface)
      }
    }
  }
}

struct MailSentContent: View {
  let view: PasswordSentView
  var problem: String?
  var correcting = false
  var asking = false
  let send: ActionHandler<MailSentModel.Action>

  var body: some View {
    ScreenScaffold(name: "mail-sent", title: view.title, showsHelp: true, problem: problem) {
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
      Section {
        ForEach(view.hints, id: \.text) { HintRow(icon: $0.icon, text: $0.text) }
      }
    } bar: {
      ActionBar {
        ActionButton(action: view.haveIt) { send(.signIn) }
        if let countdown = view.countdown {
          // Time until the member may ask again, in words and as a line that empties.
          ProgressView(value: countdown.remaining) {
            Text(countdown.text).font(.subheadline.weight(.semibold)).foregroundStyle(.secondary)
          }
          .tint(Tokens.tertiary)
          .accessibilityElement(children: .ignore)
          .accessibilityLabel(countdown.text)
        } else {
          ActionButton(action: view.askAgain, working: asking, prominent: false) { send(.askAgain) }
        }
      }
    }
  }
}
