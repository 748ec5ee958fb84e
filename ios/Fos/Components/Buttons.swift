import FosCore
import SwiftUI

/// Full-width button with the guide's French name beside its label. While its action runs it shows a spinner and is disabled.
struct ActionButton: View {
  let action: ActionView
  var symbol: String?
  var working = false
  /// True for the primary action, which is filled; others are outlined.
  var prominent = true
  /// `.destructive` ends or erases something. A question, or a page of its own, comes before what cannot be undone.
  var role: ButtonRole?
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    if prominent, role == nil {
      button(Tokens.onPrimary).buttonStyle(.borderedProminent)
    } else {
      button(role == nil ? Tokens.primary : Tokens.error).buttonStyle(.bordered)
    }
  }

  private func button(_ ink: Color) -> some View {
    Button(role: role, action: { if environment.counts(action) { act() } }) {
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

extension ActionView {
  /// Returns the action under another key, where a screen has it more than once.
  func keyed(_ key: String) -> ActionView {
    var action = self
    action.key = key
    return action
  }
}

/// Words of a button: beside each other where both fit on one line, under each other elsewhere.
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

/// Row that opens a page, or runs an action with a spinner.
struct NavigationRow: View {
  let action: ActionView
  let symbol: String
  var line: String?
  var working = false
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    RowButton {
      if environment.counts(action) { act() }
    } content: {
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
    .disabled(working)
    .accessibilityIdentifier(action.key)
    .reportsToTapGate(action)
    .onCard()
  }
}

/// A whole row that is a button.
struct RowButton<Content: View>: View {
  let act: () -> Void
  @ViewBuilder let content: Content

  var body: some View {
    Button(action: act) {
      HStack(spacing: Tokens.Space.s) { content }
        .frame(maxWidth: .infinity, minHeight: Tokens.Size.touch, alignment: .leading)
        .contentShape(.rect)
    }
    .buttonStyle(.plain)
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

/// Button that copies the value beside it, unchanged.
struct CopyButton: View {
  let key: String
  let label: String
  let act: () -> Void
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Button(action: act) {
      Symbol("content_copy").frame(minWidth: Tokens.Size.touch, minHeight: Tokens.Size.touch)
    }
    .buttonStyle(.borderless)
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
