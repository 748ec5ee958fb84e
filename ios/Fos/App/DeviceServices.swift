import FosCore
import FosKit
import Foundation
import UIKit

#if canImport(os)
  import os
#endif

extension Logger {
  /// Log of errors that happen out of the member's sight. It contains nothing that a member typed.
  static let app = Logger(subsystem: "ma.fos.services", category: "app")

  func error(_ what: String, _ error: any Error) {
    self.error("\(what, privacy: .public): \(String(describing: error), privacy: .public)")
  }
}

/// Services of the operating system: links, clipboard, licences.
final class DeviceServices: SystemServices {
  func open(link: String) {
    guard let link = URL(string: link) else { return }
    UIApplication.shared.open(link)
  }

  func copy(_ text: String) {
    // Not synced to other devices; expires after ten minutes.
    UIPasteboard.general.setItems(
      [["public.utf8-plain-text": text]],
      options: [.localOnly: true, .expirationDate: Date.now.addingTimeInterval(600)])
    UINotificationFeedbackGenerator().notificationOccurred(.success)
  }

  @concurrent nonisolated func licences() async -> Licences {
    let named = Bundle.main.url(forResource: "licences", withExtension: "plist")
    guard let file = named else { return Licences() }
    do {
      return try PropertyListDecoder().decode(Licences.self, from: Data(contentsOf: file))
    } catch {
      Logger.app.error("no licences", error)
      return Licences()
    }
  }
}

extension Config {
  /// Portal from `Info.plist`; data in a folder that backups leave out.
  static func current() -> Config {
    let info = { (name: String) in Bundle.main.object(forInfoDictionaryKey: name) as? String ?? "" }
    return Config(
      dataDir: folder().path(percentEncoded: false), portal: info("FosPortal"),
      appVersion: info("CFBundleShortVersionString"), portalKey: info("FosPortalKey"),
      extraRoot: nil, clockFile: nil)
  }

  private static func folder() -> URL {
    let files = FileManager.default
    var folder = files.urls(for: .applicationSupportDirectory, in: .userDomainMask)[0]
      .appending(path: "Fos", directoryHint: .isDirectory)
    do {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      var values = URLResourceValues()
      values.isExcludedFromBackup = true
      try folder.setResourceValues(values)
    } catch {
      // Logged alone: opening the core then fails and shows the error.
      Logger.app.error("the folder", error)
    }
    return folder
  }
}

extension Platform {
  /// This phone: its name in the member's list of devices, and its language.
  @MainActor static func current() -> Platform {
    Platform(
      device: UIDevice.current.model, language: Locale.preferredLanguages.first ?? "", system: "ios"
    )
  }
}
