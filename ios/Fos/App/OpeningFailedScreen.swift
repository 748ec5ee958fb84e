import FosCore
import FosKit
import Foundation
import SwiftUI

/// Page of a core that did not open: reason, code, advice and actions. Its texts are generated from the core's phrases, since
/// there may be no core to provide them.
struct OpeningFailedScreen: View {
  let failure: OpeningFailure
  var asking = false
  var words = LocalizedStrings()
  let send: ActionHandler<OpeningFailedModel.Action>
  let answer: ActionHandler<Bool>

  var body: some View {
    ScreenScaffold(name: "opening-failed", title: words["app-name"]) {
      Text(words["title-opening-failed"]).heading(.title2.weight(.semibold)).onPage()
      Text(failure.reason ?? words["error-app-incomplete"])
        .onPage()
      code
      HintRow(icon: "refresh", text: words["opening-check-restart"])
      HintRow(icon: "download", text: words["opening-check-update"])
      HintRow(icon: "call", text: words["opening-check-call"])
    } bar: {
      ActionBar {
        ActionButton(action: action("try-again", words["try-again"])) { send(.retry) }
      } others: {
        if failure.canOpenWithNewFiles {
          ActionButton(action: action("set-aside", words["action-set-aside"]), prominent: false) {
            send(.openWithNewFiles)
          }
        }
      }
    }
    .question(asking ? question : nil, answer: answer)
    .transformEnvironment(\.screenEnvironment) { $0.phrases[.copy] = words["copy"] }
  }

  private var code: some View {
    let code = failure.code
    let shown = Identifier(shown: "\u{2066}\(code)\u{2069}", copied: code, spoken: code)
    return CopyRow(key: "opening-code", label: words["about-code"], value: shown) { send(.copy) }
  }

  private var question: QuestionView {
    QuestionView(
      question: words["question-set-aside"], consequences: words["question-set-aside-text"],
      confirm: action("set-aside-confirm", words["action-set-aside-confirm"]),
      cancel: action("set-aside-cancel", words["action-set-aside-cancel"]))
  }

  private func action(_ key: String, _ label: String) -> ActionView {
    ActionView(key: key, label: label, guideName: nil)
  }
}

/// Texts of `Localizable.xcstrings` by the core's name of the phrase; previews choose the language.
struct LocalizedStrings {
  var bundle = Bundle.main

  subscript(name: String) -> String { bundle.localizedString(forKey: name, value: nil, table: nil) }
}
