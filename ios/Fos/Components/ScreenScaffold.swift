import Accessibility
import FosCore
import FosKit
import SwiftUI

/// State of a screen, taken from its model: the core's view, and how its actions stand.
struct ScreenState<Content> {
  /// `nil` until it is read, or if there is none.
  var view: Content?
  /// Reason for which there is none.
  var unavailableReason: String?
  /// Problem of the last action.
  var problem: String?
  /// True while the screen's action runs.
  var working = false
  var question: QuestionView?
  var answer: ActionHandler<Bool> = { _ in }
}

extension ScreenState {
  /// Takes the state of a model; `working` is that of any of its actions, unless given.
  @MainActor init(
    _ model: some ScreenModel, view: Content?, unavailableReason: String? = nil,
    working: Bool? = nil
  ) {
    self.init(
      view: view, unavailableReason: unavailableReason, problem: model.problem,
      working: working ?? model.isRunning, question: model.question, answer: { model.answer($0) })
  }

  @MainActor init<Model: StoredScreenModel>(_ model: Model, working: Bool? = nil)
  where Model.View == Content {
    self.init(
      model, view: model.read.view, unavailableReason: model.read.problem, working: working)
  }
}

/// Scaffold of a screen: title, the most important notice, error, rows, and an ``ActionBar`` at the bottom.
struct ScreenScaffold<Rows: View, Bar: View>: View {
  /// Name of the screen in the journeys, and its accessibility identifier.
  let name: String
  let title: String
  var showsHelp = false
  var problem: String?
  var saved: ChipView?
  /// Visible part of a form, counted from 1.
  var part: UInt32 = 0
  /// True while the action runs; then its error is scrolled into view, also if it is the same as before.
  var working = false
  /// True while a field has the focus: at the largest font sizes the bar would leave it no room above the keyboard.
  var isTyping = false
  @ViewBuilder let rows: Rows
  @ViewBuilder let bar: Bar
  @Environment(\.screenEnvironment) private var environment
  @Environment(\.dynamicTypeSize) private var typeSize

  var body: some View {
    ScrollViewReader { page in
      List {
        // Pinned, they would leave too little room for the page.
        if typeSize.isAccessibilitySize, saved != nil || !environment.notices.isEmpty {
          notices.onPage()
        }
        if let problem {
          ProblemCard(text: problem).onPage().id(top)
            .task(id: problem) { AccessibilityNotification.Announcement(problem).post() }
        }
        rows
        if typeSize.isAccessibilitySize {
          Section { bar }.onPage().environment(\.barPart, isTyping ? .rows : .others)
        }
      }
      .onChange(of: problem) { goToProblem(on: page) }
      .onChange(of: working) { goToProblem(on: page) }
    }
    .listStyle(.insetGrouped)
    .headerProminence(.increased)
    .foregroundStyle(Tokens.onSurface, Tokens.onSurfaceVariant)
    .scrollContentBackground(.hidden)
    .scrollDismissesKeyboard(.interactively)
    .background(Tokens.surface)
    .safeAreaInset(edge: .top, spacing: 0) { if !typeSize.isAccessibilitySize { notices } }
    .safeAreaInset(edge: .bottom, spacing: 0) { pinnedBottom }
    .navigationTitle(title)
    .navigationBarTitleDisplayMode(.inline)
    .toolbar {
      if showsHelp {
        SymbolToolbarItem(symbol: "help", phrase: .help, key: "help", act: environment.onHelp)
      }
    }
    .sensoryFeedback(.error, trigger: problem) { _, problem in problem != nil }
    .accessibilityIdentifier(name)
    .transformEnvironment(\.screenEnvironment) { $0.page = "\(name)/\(part)" }
  }

  private var notices: some View {
    VStack(spacing: 0) {
      NoticeBanner()
      if let saved { SavedIndicator(saved: saved) }
    }
  }

  /// Toast above the bar: it takes its room from the page, and covers no button.
  private var pinnedBottom: some View {
    VStack(spacing: 0) {
      if let toast = environment.toast {
        ToastView(toast: toast).frame(maxWidth: .infinity).background(Tokens.surface)
      }
      if !typeSize.isAccessibilitySize {
        bar
      } else if !isTyping {
        bar.environment(\.barPart, .primary)
      }
    }
  }

  private func goToProblem(on page: ScrollViewProxy) {
    if problem != nil, !working { page.scrollTo(top, anchor: .top) }
  }
}

private let top = "problem"

extension ScreenScaffold where Bar == EmptyView {
  init(name: String, title: String, problem: String? = nil, @ViewBuilder rows: () -> Rows) {
    self.init(name: name, title: title, problem: problem, rows: rows) { EmptyView() }
  }
}

/// Scaffold of a screen over one view of the core: without one it shows the reason, or that it is loading.
struct ViewScaffold<Content, Rows: View, Bar: View>: View {
  let name: String
  let title: String
  var showsHelp = false
  let state: ScreenState<Content>
  /// Retries the failed action.
  var retry: (() -> Void)?
  @ViewBuilder let rows: (Content) -> Rows
  @ViewBuilder let bar: (Content) -> Bar

  var body: some View {
    ScreenScaffold(name: name, title: title, showsHelp: showsHelp, problem: state.problem) {
      if let retry, state.problem != nil || isIdle { RetryButton(act: retry).onPage() }
      if let view = state.view {
        rows(view)
      } else if let reason = state.unavailableReason {
        EmptyState(text: reason).onPage()
      } else if state.problem == nil, retry == nil || !isIdle {
        LoadingIndicator().onPage()
      }
    } bar: {
      if let view = state.view { bar(view) }
    }
    .question(state.question, answer: state.answer)
  }

  /// True if there is no view and none is loading: the member has closed the sign-in that was needed.
  private var isIdle: Bool {
    state.view == nil && state.unavailableReason == nil && !state.working
  }
}

extension ViewScaffold where Bar == EmptyView {
  init(
    name: String, title: String, state: ScreenState<Content>,
    retry: (() -> Void)? = nil, @ViewBuilder rows: @escaping (Content) -> Rows
  ) {
    self.init(name: name, title: title, state: state, retry: retry, rows: rows) { _ in EmptyView() }
  }
}

struct SymbolToolbarItem: ToolbarContent {
  let symbol: String
  let phrase: Phrase
  let key: String
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some ToolbarContent {
    ToolbarItem(placement: .primaryAction) {
      Button(action: act) { Symbol(symbol, says: environment.phrase(phrase)) }
        .accessibilityIdentifier(key)
    }
  }
}
