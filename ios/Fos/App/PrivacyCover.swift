import SwiftUI

extension View {
  /// Covers the app in the app switcher and while the system is over it.
  func privacyCover() -> some View { modifier(PrivacyCover()) }
}

private struct PrivacyCover: ViewModifier {
  @Environment(\.scenePhase) private var phase

  func body(content: Content) -> some View {
    content.overlay {
      if phase != .active {
        Mark(tiles: Tokens.onBrand, lit: Tokens.brandMark)
          .frame(width: 104, height: 104)
          .frame(maxWidth: .infinity, maxHeight: .infinity)
          .background(Tokens.brand)
          .ignoresSafeArea()
          .accessibilityHidden(true)
      }
    }
  }
}
