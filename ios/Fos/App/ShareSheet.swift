import SwiftUI
import UIKit

/// The system's own sheet: to a mail, another app, a printer. It asks for the document itself, where a `ShareLink` would
/// have to hold it before it was fetched.
struct ShareSheet: UIViewControllerRepresentable {
  let file: URL

  func makeUIViewController(context: Context) -> UIActivityViewController {
    UIActivityViewController(activityItems: [file], applicationActivities: nil)
  }

  func updateUIViewController(_ sheet: UIActivityViewController, context: Context) {}
}
