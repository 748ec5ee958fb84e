import FosCore
import SwiftUI

extension Text {
  /// Words that are read out in their own language: the guide's French names on an Arabic page too.
  init(_ text: String, voice: Language) {
    var marked = AttributedString(text)
    marked.languageIdentifier = voice.tag
    self.init(marked)
  }

  /// Marks a section's title, or the one sentence of a screen, as a heading: as it stands, in no capitals.
  func heading(_ font: Font = .headline) -> some View {
    self.font(font).foregroundStyle(Tokens.onSurface).textCase(nil).accessibilityAddTraits(
      .isHeader)
  }
}

extension Label where Title == Text, Icon == Symbol {
  /// Label with a symbol, which VoiceOver skips unless `says` is given.
  init(_ text: String, symbol: String, says: String? = nil) {
    self.init(title: { Text(text) }, icon: { Symbol(symbol, says: says) })
  }
}

extension Identifier {
  /// Shown text in which a line may end after «@» and the dots of an e-mail address, by zero-width spaces.
  fileprivate var breakable: String {
    guard shown.contains("@") else { return shown }
    return shown.replacing("@", with: "@\u{200B}").replacing(".", with: ".\u{200B}")
  }
}

/// Identifier under its label: always left to right, where the page begins.
struct IdentifierText: View {
  let label: String
  let value: Identifier

  var body: some View {
    VStack(alignment: .leading) {
      Text(label).font(.callout).foregroundStyle(.secondary)
      Text(value.breakable).font(.identifier).privacySensitive().accessibilityLabel(value.spoken)
    }
    .accessibilityElement(children: .combine)
  }
}

struct FactRow: View {
  let fact: FactView

  var body: some View {
    HStack(spacing: Tokens.Space.s) {
      if let icon = fact.icon { Symbol(icon).foregroundStyle(Tokens.primary) }
      VStack(alignment: .leading) {
        Text(fact.label).font(.callout).foregroundStyle(.secondary)
        Text(fact.value.breakable).font(.headline).privacySensitive()
          .accessibilityLabel(fact.value.spoken)
        if let chip = fact.chip { Chip(chip: chip) }
      }
    }
    .accessibilityElement(children: .combine)
    .onCard()
  }
}

/// Line that confirms a success.
struct SuccessLine: View {
  let text: String

  var body: some View {
    Label(text, symbol: "check_circle-fill")
      .font(.headline).foregroundStyle(Tokens.success)
      .accessibilityElement(children: .combine)
  }
}

/// Answers of a request, section by section.
struct AnswerSections: View {
  let sections: [AnswerSectionView]

  var body: some View {
    ForEach(sections, id: \.title) { section in
      Section(section.title) { ForEach(section.answers, id: \.label) { FactRow(fact: $0) } }
    }
  }
}

struct HintRow: View {
  let icon: String
  let text: String
  var note: String?

  var body: some View {
    Label {
      VStack(alignment: .leading) {
        Text(text)
        if let note { Text(note).font(.callout).foregroundStyle(.secondary) }
      }
    } icon: {
      Symbol(icon).foregroundStyle(.secondary)
    }
    .accessibilityElement(children: .combine)
    .onCard()
  }
}

struct Documents: View {
  let title: String?
  let documents: [DocumentView]

  var body: some View {
    if !documents.isEmpty {
      Section(title ?? "") {
        ForEach(documents, id: \.self) { HintRow(icon: $0.icon, text: $0.title, note: $0.note) }
      }
    }
  }
}

struct Article: View {
  let article: ArticleView
  /// Index of its first paragraph in the whole text.
  var first = 0
  /// Called when a paragraph comes into sight or leaves it.
  var onSight: @MainActor (_ paragraph: Int, _ isInSight: Bool) -> Void = { _, _ in }

  var body: some View {
    Section(article.heading) {
      ForEach(article.paragraphs.indices, id: \.self) { place in
        Text(article.paragraphs[place]).onPage()
          .id(first + place)
          .onAppear { onSight(first + place, true) }
          .onDisappear { onSight(first + place, false) }
      }
    }
  }
}

/// Header of a page about one service or request: its icon, its name and its state.
struct DetailHeader: View {
  let icon: String
  let title: String
  let chip: ChipView

  var body: some View {
    HStack(spacing: Tokens.Space.m) {
      SymbolTile(name: icon)
      VStack(alignment: .leading) {
        Text(title).heading(.title2.weight(.semibold))
        Chip(chip: chip)
      }
    }
  }
}

/// Stack of views beside each other; at the largest font sizes under each other, over the whole width.
struct AdaptiveStack<Content: View>: View {
  @ViewBuilder let content: Content
  @Environment(\.dynamicTypeSize) private var typeSize

  var body: some View {
    let layout =
      typeSize.isAccessibilitySize
      ? AnyLayout(VStackLayout(alignment: .leading, spacing: Tokens.Space.s))
      : AnyLayout(HStackLayout(spacing: Tokens.Space.s))
    layout { content }
  }
}
