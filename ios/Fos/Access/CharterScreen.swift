import FosCore
import FosKit
import SwiftUI

/// Guide step 6: the charter is read to its end, then refused or accepted. Later it is there to be read.
struct CharterScreen: View {
  let model: CharterModel

  var body: some View {
    CharterContent(
      name: model.name, view: model.view, finished: model.finished, problem: model.problem,
      accepting: model.accepting.working, refusing: model.refusing.working, send: model.send)
  }
}

struct CharterContent: View {
  let name: String
  let view: CharterView?
  var finished = false
  var problem: String?
  var accepting = false
  var refusing = false
  let send: Send<CharterModel.Action>
  /// The last article that came into sight.
  @State private var seen = 0

  var body: some View {
    ScrollViewReader { page in
      Paper(name: name, title: view?.title ?? "", helps: name == "charter", problem: problem) {
        if let view {
          text(of: view)
        } else if problem == nil {
          Awaited().onPage()
        }
      } bar: {
        if let view {
          bar(of: view) { goOn(page, view) }
        } else if problem != nil {
          ActionBar { TryAgain { send(.retry) } }
        }
      }
    }
  }

  @ViewBuilder private func text(of view: CharterView) -> some View {
    if let steps = view.steps { Steps(steps: steps) }
    if let intro = view.intro { Text(intro).font(.heading).onPage() }
    Text(view.version).font(.beside).foregroundStyle(Tokens.onSurfaceVariant).onPage()
    if let accepted = view.accepted {
      Label {
        Text(accepted)
      } icon: {
        Symbol("check_circle-fill")
      }
      .font(.heading).foregroundStyle(Tokens.success).onPage()
    }
    ForEach(view.articles.indices, id: \.self) { place in
      Article(article: view.articles[place]).id(place).onAppear { seen = max(seen, place) }
    }
    Color.clear.frame(height: 1).id(view.articles.count).onPage()
      .onAppear { send(.reachedEnd) }.accessibilityHidden(true)
  }

  /// Pages down until the end, then leads on; both answers are equally easy to give.
  @ViewBuilder private func bar(of view: CharterView, goOn: @escaping () -> Void) -> some View {
    if !finished {
      ActionBar {
        ProgressView(value: Double(seen), total: Double(max(view.articles.count, 1)))
          .tint(Tokens.tertiary).accessibilityHidden(true)
        ActionButton(action: view.readOn, symbol: "keyboard_arrow_down", act: goOn)
      }
    } else if let accept = view.accept, let refuse = view.refuse {
      ActionBar {
        ActionButton(action: accept, working: accepting) { send(.accept) }
        ActionButton(action: refuse, working: refusing, prominent: false) { send(.refuse) }
      }
    }
  }

  private func goOn(_ page: ScrollViewProxy, _ view: CharterView) {
    seen = min(seen + 1, view.articles.count)
    withAnimation { page.scrollTo(seen, anchor: .top) }
  }
}
