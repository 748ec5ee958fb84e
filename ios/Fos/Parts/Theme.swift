import FosCore
import SwiftUI

/// A colour of the look, as each of the two themes has it.
struct Ink: ShapeStyle {
  let light: UInt32
  let dark: UInt32

  func resolve(in environment: EnvironmentValues) -> Color {
    let hex = environment.colorScheme == .dark ? dark : light
    let part = { (shift: UInt32) in Double(hex >> shift & 0xFF) / 255 }
    return Color(.sRGB, red: part(16), green: part(8), blue: part(0), opacity: 1)
  }
}

extension Tokens {
  /// What a card lies on is the one role that the two themes take from different colours.
  static let card = Ink(light: surfaceContainerLowest.light, dark: surfaceContainer.dark)
}

/// The look's letters, in the system's own text styles: they grow as the member has set their phone.
extension Font {
  /// The one sentence that a screen says.
  static let saying = Font.title2.weight(.semibold)
  /// A card's, a section's, a row's.
  static let heading = Font.headline
  /// What is read.
  static let reading = Font.body
  /// What stands beside or below it.
  static let beside = Font.callout
  /// Chips, banners, the steps' counter.
  static let small = Font.subheadline.weight(.semibold)
  /// PPR, CIN, address: each sign apart from the next.
  static let identifier = Font.title3.weight(.semibold).monospacedDigit()
}

extension Tone {
  /// The state's own colour, what it lies on, and what is written there.
  var ink: Ink { shade.0 }
  var ground: Ink { shade.1 }
  var onGround: Ink { shade.2 }

  private var shade: (Ink, Ink, Ink) {
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
  func onCard() -> some View { listRowBackground(Rectangle().fill(Tokens.card)) }

  /// A row on the page itself.
  func onPage() -> some View {
    listRowBackground(Color.clear).listRowSeparator(.hidden)
      .listRowInsets(
        EdgeInsets(top: Tokens.Space.xxs, leading: 0, bottom: Tokens.Space.xxs, trailing: 0))
  }
}
