import FosCore
import FosKit
import Foundation

/// Test double of the phone's services that records the calls.
final class RecordingSystemServices: SystemServices {
  /// Files by their name, links as they are and texts by their type, in their order.
  private(set) var opened: [String] = []
  /// Content of the clipboard.
  private(set) var copied: String?

  func open(link: String) {
    opened.append(link)
  }

  /// Takes what the system would show over this router. A file counts only when it is where the core says.
  func take(from router: Router) {
    if let file = router.document { take(file) }
    switch router.shared {
    case .file(let file): take(file)
    case .text: opened.append("text/plain")
    case nil: break
    }
    (router.document, router.shared) = (nil, nil)
  }

  private func take(_ file: URL) {
    let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
    opened.append(size ?? 0 > 0 ? file.lastPathComponent : "nothing is at \(file.path)")
  }

  func copy(_ text: String) {
    copied = text
  }

  func licences() async -> Licences { Licences() }
}
