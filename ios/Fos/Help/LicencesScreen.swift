import FosKit
import SwiftUI

/// List of the third-party parts of the app; each opens its licence.
struct LicencesScreen: View {
  let title: String
  let licences: [Licence]
  let send: ActionHandler<LicencesModel.Action>

  var body: some View {
    ScreenScaffold(name: "licences", title: title) {
      ForEach(licences) { licence in
        Button(action: { send(.open(licence)) }, label: { LicenceName(licence: licence) })
          .buttonStyle(.plain)
          .accessibilityIdentifier("licence:\(licence.name) \(licence.version)")
          .onCard()
      }
      .english()
    }
  }
}

struct LicenceScreen: View {
  let title: String
  let licence: Licence

  var body: some View {
    ScreenScaffold(name: "licence", title: title) {
      Group {
        LicenceName(licence: licence).onPage()
        ForEach(licence.texts, id: \.self) { text in
          Text(text).font(.callout).onPage()
        }
      }
      .english()
    }
  }
}

private struct LicenceName: View {
  let licence: Licence

  var body: some View {
    VStack(alignment: .leading) {
      Text(verbatim: "\(licence.name) \(licence.version)").font(.headline)
      Text(licence.licence).font(.callout).foregroundStyle(.secondary)
    }
    .frame(maxWidth: .infinity, alignment: .leading)
    .accessibilityElement(children: .combine)
  }
}

extension View {
  /// Names, licences and lines of the log are English, and run left to right on an Arabic page too.
  func english() -> some View {
    environment(\.layoutDirection, .leftToRight).environment(\.locale, Locale(identifier: "en"))
  }
}
