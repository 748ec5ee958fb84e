import FosKit
import SwiftUI
import UIKit

/// The system's own sheet: to a mail, another app, a printer. It asks for the document or the text itself, where a
/// `ShareLink` would have to hold it before it was fetched.
struct ShareSheet: UIViewControllerRepresentable {
  let item: SharedItem

  func makeUIViewController(context: Context) -> UIActivityViewController {
    let content: Any =
      switch item {
      case .file(let file): file
      case .text(let text): text
      }
    return UIActivityViewController(activityItems: [content], applicationActivities: nil)
  }

  func updateUIViewController(_ sheet: UIActivityViewController, context: Context) {}
}
