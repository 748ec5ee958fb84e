import FosCore
import FosKit
import Foundation
import SwiftUI

extension View {
  /// One language, whether the member chose it in the app or in the phone's Settings, which end the app when it is
  /// changed there. What the system writes itself follows from the next start on.
  func syncsLanguageWithSettings(_ app: AppModel) -> some View {
    onChange(of: app.core?.language) { before, now in
      guard let now else { return }
      // The first time, the Settings may have been used meanwhile: they win.
      if before == nil, let chosen = SettingsLanguage.chosen, chosen != now {
        app.send(.setLanguage(chosen))
      } else {
        SettingsLanguage.tell(now)
      }
    }
  }
}

/// The app's own language as the Settings have it: what they write, and the app too, into the app's defaults.
private enum SettingsLanguage {
  private static let key = "AppleLanguages"

  /// Language chosen for this app; `nil` while it follows the phone's language.
  static var chosen: Language? {
    let own = UserDefaults.standard.persistentDomain(forName: Bundle.main.bundleIdentifier ?? "")
    let tag = (own?[key] as? [String])?.first ?? ""
    return [Language.ar, .fr].first { code(of: $0.tag) == code(of: tag) }
  }

  static func tell(_ language: Language) { UserDefaults.standard.set([language.tag], forKey: key) }

  private static func code(of tag: String) -> Locale.LanguageCode? {
    Locale.Language(identifier: tag).languageCode
  }
}
