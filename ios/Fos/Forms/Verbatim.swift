import SwiftUI
import UIKit

extension View {
  /// Keeps what is typed as it is: nothing is corrected or capitalised. Both fields of a password have it, shown and hidden
  /// (a repository rule checks it); smart quotes and dashes are off by ``SmartPunctuation``.
  func verbatim() -> some View { autocorrectionDisabled().textInputAutocapitalization(.never) }
}

/// Quotes and dashes that the keyboard puts in place of those that were typed. SwiftUI has no modifier for them, but makes
/// its fields of one line, shown and hidden, of UIKit's.
@MainActor enum SmartPunctuation {
  /// Turns it off in every field of one line; none of them is prose. Call before the first field shows.
  static func turnOff() {
    UITextField.appearance().smartQuotesType = .no
    UITextField.appearance().smartDashesType = .no
  }
}
