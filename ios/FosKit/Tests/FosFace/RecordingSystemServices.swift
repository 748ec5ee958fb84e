import FosCore
import FosKit
import Foundation

/// Test double of the phone's services that records the calls.
final class RecordingSystemServices: SystemServices {
  /// Documents by their file's name, links as they are and texts by their type, in their order.
  private(set) var opened: [String] = []
  /// Content of the clipboard.
  private(set) var copied: String?

  func open(link: String) {
    opened.append(link)
  }

  /// A document counts only when it lies where the core says.
  func show(document: FileView) {
    let there = (try? FileManager.default.attributesOfItem(atPath: document.path)[.size]) as? Int
    opened.append(there ?? 0 > 0 ? document.name : "nothing lies at \(document.path)")
  }

  func share(document: FileView) {
    show(document: document)
  }

  func share(text: String) {
    opened.append("text/plain")
  }

  func copy(_ text: String) {
    copied = text
  }

  func licences() async -> [Licence] { [] }
}
