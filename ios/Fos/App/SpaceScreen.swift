import FosCore
import FosKit
import SwiftUI

/// The services' space: the system's bar with its two places. It shows on these alone; a page over one hides it.
struct SpaceScreen: View {
  let space: SpaceModel
  let app: AppModel
  @Environment(\.around) private var around

  var body: some View {
    TabView(selection: Binding(space.place) { app.send(.show($0)) }) {
      stack(.services) { ServicesScreen(model: space.services) }
        .tabItem { item("grid_view", .services, "place:services") }.tag(Place.services)
      stack(.requests) {
        if let requests = space.requests { RequestsScreen(model: requests) }
      }
      .tabItem { item("receipt_long", .requests, "place:requests") }.tag(Place.requests)
    }
  }

  /// A place, with the pages over it. What is said in passing is said above the bar.
  private func stack(_ place: Place, @ViewBuilder root: () -> some View) -> some View {
    NavigationStack(path: pages(over: place)) {
      root().navigationDestination(for: Page.self) {
        PageScreen(page: $0).toolbar(.hidden, for: .tabBar)
      }
    }
    .saying(app, here: app.sheets.isEmpty && space.place == place)
  }

  /// The stack of the place that does not show has nothing to say of the pages that do.
  private func pages(over place: Place) -> Binding<[Page]> {
    Binding(app.path(of: place)) {
      if space.place == place { app.send(.pop(to: $0.count)) }
    }
  }

  /// The system draws the one that is chosen filled.
  private func item(_ symbol: String, _ phrase: Phrase, _ key: String) -> some View {
    Label {
      Text(around.say(phrase))
    } icon: {
      Image(systemName: Symbols.of(symbol))
    }
    .accessibilityIdentifier(key)
  }
}
