import Accessibility
import FosCore
import SwiftUI

/// A page: its title, the worst notice under it, what went wrong, its rows, and what to do at the bottom.
struct Paper<Rows: View, Bar: View>: View {
  /// Its name in the journeys.
  let name: String
  let title: String
  var helps = false
  var problem: String?
  /// Sign that input is saved.
  var saved: ChipView?
  /// The part of a form that shows, counted from 1.
  var part: UInt32 = 0
  /// The button is at work: what it came to is shown, though it be the same as before.
  var working = false
  @ViewBuilder let rows: Rows
  @ViewBuilder let bar: Bar
  @Environment(\.around) private var around
  @Environment(\.dynamicTypeSize) private var letters

  var body: some View {
    ScrollViewReader { page in
      List {
        if let problem { ProblemCard(text: problem).onPage().id(top) }
        rows
        // At the largest letters a bar would leave no room for what it belongs to.
        if letters.isAccessibilitySize { Section { bar }.onPage() }
      }
      .onChange(of: part) {
        page.scrollTo(partTop, anchor: .top)
        AccessibilityNotification.ScreenChanged().post()
      }
      .onChange(of: problem) { goToProblem(on: page) }
      .onChange(of: working) { goToProblem(on: page) }
    }
    .listStyle(.insetGrouped)
    .scrollContentBackground(.hidden)
    .scrollDismissesKeyboard(.interactively)
    .background(Tokens.surface)
    .safeAreaInset(edge: .top, spacing: 0) {
      VStack(spacing: 0) {
        Banner()
        if let saved { SavedLine(saved: saved) }
      }
    }
    .safeAreaInset(edge: .bottom, spacing: 0) { if !letters.isAccessibilitySize { bar } }
    .navigationTitle(title)
    .navigationBarTitleDisplayMode(.inline)
    .toolbar {
      if helps {
        ToolbarItem(placement: .primaryAction) {
          Button(action: around.help) { Symbol("help", says: around.say(.help)) }
            .accessibilityIdentifier("help")
        }
      }
    }
    .sensoryFeedback(.error, trigger: problem) { _, problem in problem != nil }
    .accessibilityIdentifier(name)
    .transformEnvironment(\.around) { $0.page = "\(name)/\(part)" }
  }

  private func goToProblem(on page: ScrollViewProxy) {
    if problem != nil, !working { page.scrollTo(top, anchor: .top) }
  }
}

private let top = "problem"
/// Identifier of the place where a form's part begins.
let partTop = "part"

extension Paper where Bar == EmptyView {
  init(
    name: String, title: String, helps: Bool = false, problem: String? = nil,
    @ViewBuilder rows: () -> Rows
  ) {
    self.init(name: name, title: title, helps: helps, problem: problem, rows: rows) { EmptyView() }
  }
}

/// Bar of actions that stays within reach at the bottom.
struct ActionBar<Buttons: View>: View {
  @ViewBuilder let buttons: Buttons
  @Environment(\.dynamicTypeSize) private var letters

  var body: some View {
    if letters.isAccessibilitySize {
      VStack(spacing: Tokens.Space.s) { buttons }
    } else {
      VStack(spacing: Tokens.Space.s) { buttons }
        .padding(.horizontal, Tokens.Space.page)
        .padding(.vertical, Tokens.Space.s)
        .background(Tokens.surface)
        .overlay(alignment: .top) { Divider() }
    }
  }
}

/// The way on at the end, another way at the start of the same line; at the largest letters under each other, the way
/// on first.
struct TwoWays<On: View, Other: View>: View {
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

/// The worst notice: offline, maintenance, a new version, a session that ended.
private struct Banner: View {
  @Environment(\.around) private var around

  var body: some View {
    if let notice = around.notices.first {
      VStack(alignment: .leading, spacing: Tokens.Space.xs) {
        Label(notice.text, symbol: notice.icon)
        if let action = notice.action, let does = notice.actionKind {
          Button(action.label) { around.follow(does) }
            .buttonStyle(.bordered).tint(notice.tone.onGround)
            .accessibilityIdentifier(action.key)
        }
        if let problem = around.problem { Text(problem) }
      }
      .font(.small)
      .foregroundStyle(notice.tone.onGround)
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(.horizontal, Tokens.Space.page)
      .padding(.vertical, Tokens.Space.s)
      .background(notice.tone.ground)
    }
  }
}

/// Sign that input is saved, at the end of the bar above: that bar neither grows with the letters nor breaks a line.
private struct SavedLine: View {
  let saved: ChipView

  var body: some View {
    Label(saved.text, symbol: saved.icon)
      .font(.small)
      .foregroundStyle(saved.tone.ink)
      .frame(maxWidth: .infinity, alignment: .trailing)
      .padding(.horizontal, Tokens.Space.page)
      .padding(.vertical, Tokens.Space.xxs)
      .background(Tokens.surface)
      .accessibilityElement(children: .combine)
      .onChange(of: saved) { AccessibilityNotification.Announcement(saved.text).post() }
  }
}

/// Card of a problem and of what to do; read out at once by VoiceOver.
struct ProblemCard: View {
  let text: String
  @Environment(\.around) private var around

  var body: some View {
    Label(text, symbol: "error-fill", says: around.say(.problemIcon))
      .font(.heading)
      .foregroundStyle(Tokens.onErrorContainer)
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding(Tokens.Space.m)
      .background(Tokens.errorContainer, in: .rect(cornerRadius: Tokens.Radius.card))
      .accessibilityElement(children: .combine)
      .task(id: text) { AccessibilityNotification.Announcement(text).post() }
  }
}

/// Confirmation of an action.
struct SaidCard: View {
  let text: String

  var body: some View {
    Label(text, symbol: "check_circle-fill")
      .font(.small)
      .foregroundStyle(Tokens.inverseOnSurface)
      .padding(Tokens.Space.m)
      .background(Tokens.inverseSurface, in: .rect(cornerRadius: Tokens.Radius.button))
      .padding(Tokens.Space.page)
      .accessibilityElement(children: .combine)
  }
}

/// Words in the middle of an empty page, under the mark in grey.
struct QuietState: View {
  let text: String

  var body: some View {
    VStack(spacing: Tokens.Space.l) {
      Mark(tiles: Tokens.surfaceContainerHighest, lit: Tokens.tertiary).frame(width: 96, height: 96)
      Text(text).font(.reading).multilineTextAlignment(.center)
    }
    .foregroundStyle(Tokens.onSurface)
    .frame(maxWidth: .infinity, maxHeight: .infinity)
    .padding(Tokens.Space.xl)
  }
}

/// Progress of a wait that is long enough to be noticed: anything sooner would only flash.
struct Awaited: View {
  @State private var noticed = false
  @Environment(\.around) private var around

  var body: some View {
    HStack {
      if noticed { ProgressView(around.say(.loading)).controlSize(.large) }
    }
    .frame(maxWidth: .infinity)
    .padding(Tokens.Space.xl)
    .task {
      // Left before, it shows nothing.
      guard (try? await Task.sleep(for: .milliseconds(Tokens.Motion.loadingAfter))) != nil else {
        return
      }
      noticed = true
    }
  }
}
