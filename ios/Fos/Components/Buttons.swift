import FosCore
import SwiftUI

/// Full-width button with the guide's French name beside its label. While its action runs it shows a spinner and is disabled.
struct ActionButton: View {
  let action: ActionView
  var symbol: String?
  var working = false
  /// The way on is filled; another action is outlined.
  var prominent = true
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    if prominent {
      button(Tokens.onPrimary).buttonStyle(.borderedProminent)
    } else {
      button(Tokens.primary).buttonStyle(.bordered)
    }
  }

  private func button(_ ink: Color) -> some View {
    Button(action: { if environment.counts(action) { act() } }) {
      HStack(spacing: Tokens.Space.s) {
        if working { ProgressView() } else if let symbol { Symbol(symbol) }
        ActionWords(action: action)
      }
      .foregroundStyle(ink)
      .frame(maxWidth: .infinity, minHeight: Tokens.Size.touch - Tokens.Space.m)
    }
    .controlSize(.large)
    .disabled(working)
    .accessibilityValue(working ? environment.phrase(.working) : "")
    .accessibilityIdentifier(action.key)
    .reportsToTapGate(action)
  }
}

/// Beside each other where both fit on one line, under each other elsewhere.
private struct ActionWords: View {
  let action: ActionView

  var body: some View {
    ViewThatFits(in: .horizontal) {
      HStack(spacing: Tokens.Space.s) { words }
      VStack(spacing: Tokens.Space.xxs) { words }
    }
    .multilineTextAlignment(.center)
  }

  @ViewBuilder private var words: some View {
    Text(action.label).font(.headline)
    if let guide = action.guideName { Text(guide, voice: .fr).font(.callout) }
  }
}

/// A row that leads somewhere, or that does something and turns meanwhile.
struct NavigationRow: View {
  let action: ActionView
  let symbol: String
  var line: String?
  var working = false
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Button(action: { if environment.counts(action) { act() } }) {
      HStack(spacing: Tokens.Space.s) {
        Symbol(symbol).foregroundStyle(Tokens.primary)
        VStack(alignment: .leading) {
          Text(action.label)
          Group {
            if let guide = action.guideName { Text(guide, voice: .fr) }
            if let line { Text(line) }
          }
          .font(.callout).foregroundStyle(.secondary)
        }
        Spacer()
        if working { ProgressView() } else { Symbol("chevron_right").foregroundStyle(.secondary) }
      }
      .contentShape(.rect)
    }
    .buttonStyle(.plain)
    .disabled(working)
    .accessibilityIdentifier(action.key)
    .reportsToTapGate(action)
    .onCard()
  }
}

/// Ends or erases something. A question, or a page of its own, comes before what cannot be undone.
struct DestructiveButton: View {
  let label: String
  let key: String
  var symbol: String?
  var working = false
  let act: () -> Void

  var body: some View {
    Button(role: .destructive, action: act) {
      HStack {
        if working { ProgressView() } else if let symbol { Symbol(symbol) }
        Text(label).font(.headline)
      }
      .foregroundStyle(Tokens.error)
      .frame(maxWidth: .infinity)
    }
    .disabled(working)
    .accessibilityIdentifier(key)
  }
}

/// An identifier with its label, and the button that copies it.
struct CopyRow: View {
  let key: String
  let label: String
  let value: Identifier
  let copy: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    HStack {
      IdentifierText(label: label, value: value)
        .accessibilityActions { Button(environment.phrase(.copy), action: copy) }
      Spacer()
      CopyButton(key: key, label: label, act: copy)
    }
    .onCard()
  }
}

/// Puts what stands beside it onto the clipboard, to the letter.
struct CopyButton: View {
  let key: String
  let label: String
  let act: () -> Void
  @State private var copied = 0
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Button {
      copied += 1
      act()
    } label: {
      Symbol("content_copy").frame(minWidth: Tokens.Size.touch, minHeight: Tokens.Size.touch)
    }
    .buttonStyle(.borderless)
    .sensoryFeedback(.success, trigger: copied)
    .accessibilityLabel("\(environment.phrase(.copy)), \(label)")
    .accessibilityIdentifier("copy:\(key)")
  }
}

struct RetryButton: View {
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    ActionButton(
      action: ActionView(key: "try-again", label: environment.phrase(.tryAgain), guideName: nil),
      symbol: "refresh", prominent: false, act: act)
  }
}
