import FosCore
import FosKit
import SwiftUI

/// Guide step 6: the charter is read to its end, then refused or accepted. Later it is there to be read.
struct CharterScreen: View {
  let name: String
  /// `working` while the charter is fetched, then while it is accepted.
  let state: ScreenState<CharterView>
  var finished = false
  var refusing = false
  let send: ActionHandler<CharterModel.Action>
  /// Last paragraph that came into sight, and the one that the button paged to.
  @State private var seen = 0
  @State private var stood = 0
  /// Paragraphs in sight.
  @State private var visible: Set<Int> = []
  /// True once the charter was scrolled to where the member had stopped.
  @State private var isOpened = false
  @Environment(\.accessibilityReduceMotion) private var still
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ScrollViewReader { page in
      ViewScaffold(
        name: name, title: state.view?.title ?? environment.phrase(.charter),
        showsHelp: name == "charter", state: state,
        retry: state.view == nil ? { send(.retry) } : nil, rows: text
      ) { view in
        bar(of: view) { goOn(page, view) }
      }
      .task { open(on: page) }
    }
    .onChange(of: article) { if isOpened, let article { send(.showed(article: article)) } }
    .task(id: article) {
      // Cancelled while the page moves on.
      if (try? await Task.sleep(for: .milliseconds(500))) != nil { send(.rested) }
    }
    .onDisappear { send(.rested) }
  }

  /// First article in sight.
  private var article: Int? {
    guard let articles = state.view?.articles, let first = visible.min() else { return nil }
    return articles.indices.last { length(articles.prefix($0)) <= first }
  }

  private func open(on page: ScrollViewProxy) {
    guard let view = state.view, !isOpened else { return }
    isOpened = true
    if view.place > 0 {
      page.scrollTo(length(view.articles.prefix(Int(view.place))), anchor: .top)
    }
  }

  @ViewBuilder private func text(of view: CharterView) -> some View {
    if let steps = view.steps { Steps(steps: steps) }
    if let intro = view.intro { Text(intro).font(.headline).onPage() }
    Text(view.version).font(.callout).foregroundStyle(.secondary).onPage()
    if let accepted = view.accepted { SuccessLine(text: accepted).onPage() }
    ForEach(view.articles.indices, id: \.self) { place in
      Article(article: view.articles[place], first: length(view.articles.prefix(place))) {
        seen = max(seen, $0)
        if $1 { visible.insert($0) } else { visible.remove($0) }
      }
    }
    Color.clear.frame(height: 1).id(length(view.articles[...])).onPage()
      .onAppear { send(.reachedEnd) }.accessibilityHidden(true)
    if finished, let accept = view.accept, let refuse = view.refuse {
      // After the text, away from the place of the button that pages down.
      ActionButton(action: accept, working: state.working) { send(.accept) }.onPage()
      ActionButton(action: refuse, working: refusing, prominent: false) { send(.refuse) }.onPage()
    }
  }

  /// Pages down until the end. Then a text keeps the button's place: nothing that takes a touch moves there.
  @ViewBuilder private func bar(of view: CharterView, goOn: @escaping () -> Void) -> some View {
    if !finished {
      ActionBar {
        ProgressView(value: Double(seen), total: Double(max(length(view.articles[...]), 1)))
          .tint(Tokens.tertiary).accessibilityHidden(true)
        ActionButton(action: view.readOn, symbol: "keyboard_arrow_down", act: goOn)
      }
    } else if let readThrough = view.readThrough {
      ActionBar {
        Text(readThrough).font(.callout).foregroundStyle(.secondary)
          .frame(maxWidth: .infinity, minHeight: Tokens.Size.touch)
      }
    }
  }

  private func goOn(_ page: ScrollViewProxy, _ view: CharterView) {
    stood = min(max(stood + 1, seen), length(view.articles[...]))
    withAnimation(still ? nil : .default) { page.scrollTo(stood, anchor: .top) }
  }

  private func length(_ articles: ArraySlice<ArticleView>) -> Int {
    articles.reduce(0) { $0 + $1.paragraphs.count }
  }
}
