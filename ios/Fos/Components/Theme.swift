import FosCore
import SwiftUI

/// Fonts beyond the system's text styles, based on these so that they scale.
extension Font {
  /// The one sentence that a screen says.
  static let saying = Font.title2.weight(.semibold)
  /// A card's, a section's, a row's.
  static let heading = Font.headline
  /// Font of a text to read.
  static let reading = Font.body
  /// Font of a text beside or below it.
  static let beside = Font.callout
  /// Chips, banners, the steps' counter.
  static let small = Font.subheadline.weight(.semibold)
  /// PPR, CIN, address: each sign apart from the next.
  static let identifier = Font.title3.weight(.semibold).monospacedDigit()
  /// Lines of the log.
  static let log = Font.footnote.monospaced()
}

extension Tone {
  /// Colour of the tone, its container, and the text on that.
  var ink: Color { shade.0 }
  var ground: Color { shade.1 }
  var onGround: Color { shade.2 }

  private var shade: (Color, Color, Color) {
    switch self {
    case .now: (Tokens.tertiary, Tokens.tertiaryContainer, Tokens.onTertiaryContainer)
    case .success: (Tokens.success, Tokens.successContainer, Tokens.onSuccessContainer)
    case .warning: (Tokens.warning, Tokens.warningContainer, Tokens.onWarningContainer)
    case .info: (Tokens.info, Tokens.infoContainer, Tokens.onInfoContainer)
    case .error: (Tokens.error, Tokens.errorContainer, Tokens.onErrorContainer)
    case .quiet: (Tokens.secondary, Tokens.secondaryContainer, Tokens.onSecondaryContainer)
    }
  }
}

extension View {
  /// A row on a card.
  func onCard() -> some View { listRowBackground(Tokens.card) }

  /// A row on the page itself.
  func onPage() -> some View {
    listRowBackground(Color.clear).listRowSeparator(.hidden)
      .listRowInsets(
        EdgeInsets(top: Tokens.Space.xxs, leading: 0, bottom: Tokens.Space.xxs, trailing: 0))
  }
}
