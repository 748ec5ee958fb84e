import Accessibility
import FosKit
import SwiftUI

extension View {
  /// Shows the toast for a moment, over the top screen.
  func toast(of app: AppModel, isVisible: Bool) -> some View {
    overlay(alignment: .bottom) {
      if isVisible, let toast = app.toast { Toast(text: toast) }
    }
    .sensoryFeedback(.success, trigger: app.toast) { _, toast in isVisible && toast != nil }
    .task(id: app.toast) {
      guard isVisible, let toast = app.toast else { return }
      AccessibilityNotification.Announcement(toast).post()
      // Cancelled when the toast changes.
      guard (try? await Task.sleep(for: .seconds(5))) != nil else { return }
      app.send(.dismissToast)
    }
  }
}

/// Confirmation of an action.
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
