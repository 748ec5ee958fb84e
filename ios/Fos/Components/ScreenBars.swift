import Accessibility
import FosCore
import SwiftUI

/// Part of an ``ActionBar`` that is drawn in a place.
enum BarPart {
  /// All actions, at the bottom of the screen.
  case whole
  /// The primary action, at the bottom of the screen.
  case primary
  /// The other actions, as rows of the page.
  case others
  /// All actions, as rows of the page.
  case rows
}

private struct BarPartKey: EnvironmentKey {
  static var defaultValue: BarPart { .whole }
}

extension EnvironmentValues {
  var barPart: BarPart {
    get { self[BarPartKey.self] }
    set { self[BarPartKey.self] = newValue }
  }
}

/// Bar of actions at the bottom. At the largest font sizes the other actions are rows of the page, and the primary one stays.
struct ActionBar<Primary: View, Others: View>: View {
  /// True if the other actions stand beside the primary one, false if below it.
  var isRow = false
  @ViewBuilder let primary: Primary
  @ViewBuilder let others: Others
  @Environment(\.barPart) private var part

  var body: some View {
    switch part {
    case .whole:
      pinned {
        if isRow {
          TwoActions(on: { primary }, other: { others })
        } else {
          primary
          others
        }
      }
    case .primary: pinned { primary }
    case .others: others
    case .rows:
      primary
      others
    }
  }

  private func pinned(@ViewBuilder _ actions: () -> some View) -> some View {
    VStack(spacing: Tokens.Space.s, content: actions)
      .padding(.horizontal, Tokens.Space.page)
      .padding(.vertical, Tokens.Space.s)
      .background(Tokens.surface)
      .overlay(alignment: .top) { Divider() }
  }
}

extension ActionBar where Others == EmptyView {
  init(@ViewBuilder primary: () -> Primary) {
    self.init(primary: primary) { EmptyView() }
  }
}

/// Two buttons: the main action at the end, another one at the start; stacked at the largest font sizes, the main action
/// first.
struct TwoActions<On: View, Other: View>: View {
  @ViewBuilder let on: On
  @ViewBuilder let other: Other
  @Environment(\.dynamicTypeSize) private var typeSize

  var body: some View {
    if typeSize.isAccessibilitySize {
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

/// Banner of the most important notice: offline, maintenance, a new version, an ended session.
struct NoticeBanner: View {
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
struct SavedIndicator: View {
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
      // A lit tile would say that something is on its way.
      Mark(tiles: Tokens.surfaceContainerHighest, lit: Tokens.surfaceContainerHighest)
        .frame(width: 96, height: 96)
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
      // Cancelled when the view goes: then it shows nothing.
      .task {
        noticed = (try? await Task.sleep(for: .milliseconds(Tokens.Motion.loadingAfter))) != nil
      }
  }
}
