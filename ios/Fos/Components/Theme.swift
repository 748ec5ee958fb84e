import FosCore
import SwiftUI

extension Font {
  /// PPR, CIN, address: each sign apart from the next.
  static let identifier = Font.title3.weight(.semibold).monospacedDigit()
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
  func onCard() -> some View { listRowBackground(Tokens.card) }

  /// Puts the row of a field on its card, with a red frame while the field has a problem.
  func onCard(of field: FieldView, ground: Color = Tokens.card) -> some View {
    listRowBackground(
      Rectangle().fill(ground).overlay {
        if field.problem != nil {
          RoundedRectangle(cornerRadius: Tokens.Radius.field)
            .strokeBorder(Tokens.error, lineWidth: Tokens.Size.fieldStroke)
            .padding(Tokens.Space.xxs)
        }
      })
  }

  func onPage() -> some View {
    listRowBackground(Color.clear).listRowSeparator(.hidden)
      .listRowInsets(
        EdgeInsets(top: Tokens.Space.xxs, leading: 0, bottom: Tokens.Space.xxs, trailing: 0))
  }
}
