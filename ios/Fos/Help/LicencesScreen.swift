import FosKit
import SwiftUI

/// List of the third-party parts of the app; each opens its licence.
struct LicencesScreen: View {
  let title: String
  let licences: [Licences.Part]
  let send: ActionHandler<LicencesModel.Action>

  var body: some View {
    ScreenScaffold(name: "licences", title: title) {
      ForEach(licences, id: \.self) { part in
        RowButton(act: { send(.open(part)) }, content: { LicenceName(part: part) })
          .accessibilityIdentifier("licence:\(part.name) \(part.version)")
          .onCard()
      }
      .english()
    }
  }
}

struct LicenceScreen: View {
  let title: String
  let part: Licences.Part
  let texts: [String]

  var body: some View {
    ScreenScaffold(name: "licence", title: title) {
      Group {
        LicenceName(part: part).onPage()
        ForEach(texts, id: \.self) { Text($0).font(.callout).onPage() }
      }
      .english()
    }
  }
}

private struct LicenceName: View {
  let part: Licences.Part

  var body: some View {
    VStack(alignment: .leading) {
      Text(verbatim: "\(part.name) \(part.version)").font(.headline)
      Text(part.licence).font(.callout).foregroundStyle(.secondary)
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
