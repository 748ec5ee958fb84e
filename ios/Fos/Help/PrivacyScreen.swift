import FosCore
import FosKit
import SwiftUI

/// Text about the member's data (law 09-08).
struct PrivacyScreen: View {
  let view: ReadingView

  var body: some View {
    ScreenScaffold(name: "privacy", title: view.title) {
      ForEach(view.articles.indices, id: \.self) { Article(article: view.articles[$0]) }
    }
  }
}
