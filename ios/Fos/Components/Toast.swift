import Accessibility
import SwiftUI

extension View {
  /// Shows a text for a moment, over the screen on top: the confirmation of an action, or the error that changed the stage.
  func toast(_ text: Binding<String?>) -> some View { modifier(ToastModifier(text: text)) }
}

private struct ToastModifier: ViewModifier {
  @Binding var text: String?

  func body(content: Content) -> some View {
    content
      .overlay(alignment: .bottom) { if let text { Toast(text: text) } }
      .sensoryFeedback(.success, trigger: text) { _, text in text != nil }
      .task(id: text) {
        guard let text else { return }
        AccessibilityNotification.Announcement(text).post()
        // Cancelled when the toast changes.
        guard (try? await Task.sleep(for: .seconds(5))) != nil else { return }
        self.text = nil
      }
  }
}

struct Toast: View {
  let text: String

  var body: some View {
    Label(text, symbol: "check_circle-fill")
      .font(.subheadline.weight(.semibold))
      .foregroundStyle(Tokens.inverseOnSurface)
      .padding(Tokens.Space.m)
      .background(Tokens.inverseSurface, in: .rect(cornerRadius: Tokens.Radius.button))
      .padding(Tokens.Space.page)
      .accessibilityElement(children: .combine)
  }
}
