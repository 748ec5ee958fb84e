import Accessibility
import FosKit
import SwiftUI

/// Passes a toast to the screens for a moment: each ``ScreenScaffold`` shows it above its bar.
struct ToastModifier: ViewModifier {
  @Binding var toast: Toast?

  func body(content: Content) -> some View {
    content
      .transformEnvironment(\.screenEnvironment) { $0.toast = toast }
      .sensoryFeedback(trigger: toast) { _, toast in
        toast.map { $0.isProblem ? .error : .success }
      }
      .task(id: toast) {
        guard let toast else { return }
        AccessibilityNotification.Announcement(toast.text).post()
        // Cancelled when the toast changes.
        guard (try? await Task.sleep(for: .seconds(5))) != nil else { return }
        self.toast = nil
      }
  }
}

struct ToastView: View {
  let toast: Toast
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Label(
      toast.text, symbol: toast.isProblem ? "error-fill" : "check_circle-fill",
      says: toast.isProblem ? environment.phrase(.problemIcon) : nil
    )
    .font(.subheadline.weight(.semibold))
    .foregroundStyle(Tokens.inverseOnSurface)
    .padding(Tokens.Space.m)
    .background(Tokens.inverseSurface, in: .rect(cornerRadius: Tokens.Radius.button))
    .padding(.horizontal, Tokens.Space.page)
    .padding(.vertical, Tokens.Space.s)
    .accessibilityElement(children: .combine)
  }
}
