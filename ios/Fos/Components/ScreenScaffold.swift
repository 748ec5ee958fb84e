import Accessibility
import FosCore
import SwiftUI

/// Scaffold of a screen: title, the most important notice, error, rows, and a bar of actions at the bottom.
struct ScreenScaffold<Rows: View, Bar: View>: View {
  /// Name of the screen in the journeys, and its accessibility identifier.
  let name: String
  let title: String
  var showsHelp = false
  var problem: String?
  var unavailableReason: String?
  var saved: ChipView?
  /// The part of a form that shows, counted from 1.
  var part: UInt32 = 0
  /// True while the action runs; afterwards its error is scrolled to, also if it is the same as before.
  var working = false
  @ViewBuilder let rows: Rows
  @ViewBuilder let bar: Bar
  @Environment(\.screenEnvironment) private var environment
  @Environment(\.dynamicTypeSize) private var letters

  var body: some View {
    ScrollViewReader { page in
      List {
        if let problem {
          ProblemCard(text: problem).onPage().id(top)
            .task(id: problem) { AccessibilityNotification.Announcement(problem).post() }
        }
        if let unavailableReason { EmptyState(text: unavailableReason).onPage() }
        rows
        // At the largest letters a bar would leave no room for what it belongs to.
        if letters.isAccessibilitySize { Section { bar }.onPage() }
      }
      .onChange(of: part) {
        page.scrollTo(sectionTopID, anchor: .top)
        AccessibilityNotification.ScreenChanged().post()
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
    .safeAreaInset(edge: .top, spacing: 0) {
      VStack(spacing: 0) {
        NoticeBanner()
        if let saved { SavedIndicator(saved: saved) }
      }
    }
    .safeAreaInset(edge: .bottom, spacing: 0) { if !letters.isAccessibilitySize { bar } }
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

  private func goToProblem(on page: ScrollViewProxy) {
    if problem != nil, !working { page.scrollTo(top, anchor: .top) }
  }
}

private let top = "problem"
/// Identifier of the place where a form's part begins.
let sectionTopID = "part"

extension ScreenScaffold where Bar == EmptyView {
  init(
    name: String, title: String, showsHelp: Bool = false, problem: String? = nil,
    unavailableReason: String? = nil, @ViewBuilder rows: () -> Rows
  ) {
    self.init(
      name: name, title: title, showsHelp: showsHelp, problem: problem,
      unavailableReason: unavailableReason, rows: rows
    ) { EmptyView() }
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

/// Bar of actions that stays within reach at the bottom.
struct ActionBar<Buttons: View>: View {
  @ViewBuilder let buttons: Buttons
  @Environment(\.dynamicTypeSize) private var letters

  var body: some View {
    let inPage = letters.isAccessibilitySize
    VStack(spacing: Tokens.Space.s) { buttons }
      .padding(.horizontal, inPage ? 0 : Tokens.Space.page)
      .padding(.vertical, inPage ? 0 : Tokens.Space.s)
      .background(Tokens.surface)
      .overlay(alignment: .top) { if !inPage { Divider() } }
  }
}

/// Two buttons: the main action at the end, another one at the start; stacked at the largest font sizes, the main action
/// first.
struct TwoActions<On: View, Other: View>: View {
  @ViewBuilder let on: On
  @ViewBuilder let other: Other
  @Environment(\.dynamicTypeSize) private var letters

  var body: some View {
    if letters.isAccessibilitySize {
      on
      other
    } else {
      HStack(spacing: Tokens.Space.s) {
        other.containerRelativeFrame(.horizontal) { width, _ in
          (width - 2 * Tokens.Space.page - Tokens.Space.s) * 0.4
        }
        on
      }
    }
  }
}

/// NoticeBanner of the most important notice: offline, maintenance, a new version, an ended session.
private struct NoticeBanner: View {
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    if let notice = environment.notices.first {
      VStack(alignment: .leading, spacing: Tokens.Space.xs) {
        Label(notice.text, symbol: notice.icon)
        if let action = notice.action, let does = notice.actionKind {
          Button(action.label) { environment.onNotice(does) }
            .buttonStyle(.bordered).tint(notice.tone.onGround)
            .accessibilityIdentifier(action.key)
        }
        if let problem = environment.problem { Text(problem) }
      }
      .font(.subheadline.weight(.semibold))
      .foregroundStyle(notice.tone.onGround)
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(.horizontal, Tokens.Space.page)
      .padding(.vertical, Tokens.Space.s)
      .background(notice.tone.ground)
    }
  }
}

/// Indicator that input is saved, under the navigation bar, which neither grows with the font nor wraps.
private struct SavedIndicator: View {
  let saved: ChipView

  var body: some View {
    Label(saved.text, symbol: saved.icon)
      .font(.subheadline.weight(.semibold))
      .foregroundStyle(saved.tone.ink)
      .frame(maxWidth: .infinity, alignment: .trailing)
      .padding(.horizontal, Tokens.Space.page)
      .padding(.vertical, Tokens.Space.xxs)
      .background(Tokens.surface)
      .accessibilityElement(children: .combine)
      .onChange(of: saved) { AccessibilityNotification.Announcement(saved.text).post() }
  }
}

struct ProblemCard: View {
  let text: String
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Label(text, symbol: "error-fill", says: environment.phrase(.problemIcon))
      .font(.headline)
      .foregroundStyle(Tokens.onErrorContainer)
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(Tokens.Space.m)
      .background(Tokens.errorContainer, in: .rect(cornerRadius: Tokens.Radius.card))
      .accessibilityElement(children: .combine)
  }
}

/// Text in the middle of an empty page, under the logo in grey.
struct EmptyState: View {
  let text: String

  var body: some View {
    VStack(spacing: Tokens.Space.l) {
      Mark(tiles: Tokens.surfaceContainerHighest, lit: Tokens.tertiary).frame(width: 96, height: 96)
      Text(text).multilineTextAlignment(.center)
    }
    .frame(maxWidth: .infinity, maxHeight: .infinity)
    .padding(Tokens.Space.xl)
  }
}

/// Progress indicator, shown after a delay: a shorter wait would only flash.
struct LoadingIndicator: View {
  @State private var noticed = false
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    HStack { if noticed { ProgressView(environment.phrase(.loading)).controlSize(.large) } }
      .frame(maxWidth: .infinity)
      .padding(Tokens.Space.xl)
      // Left before, the sleep fails and it shows nothing.
      .task {
        noticed = (try? await Task.sleep(for: .milliseconds(Tokens.Motion.loadingAfter))) != nil
      }
  }
}
