import FosCore
import FosKit
import SwiftUI

/// Tab bar of a signed-in member; hidden by a page.
struct SpaceScreen: View {
  let space: SpaceModel
  let app: AppModel
  @Environment(\.appEnvironment) private var environment

  var body: some View {
    TabView(selection: Binding(space.destination) { app.send(.show($0)) }) {
      stack(.services) { ServicesScreen(model: space.services) }
        .tabItem { item("grid_view", .services, "place:services") }.tag(
          TopLevelDestination.services)
      stack(.requests) {
        if let requests = space.requests { RequestsScreen(model: requests) }
      }
      .tabItem { item("receipt_long", .requests, "place:requests") }.tag(
        TopLevelDestination.requests)
    }
  }

  /// A destination with the pages over it. Toasts are shown above the bar.
  private func stack(_ destination: TopLevelDestination, @ViewBuilder root: () -> some View)
    -> some View
  {
    NavigationStack(path: pages(over: destination)) {
      root().navigationDestination(for: Page.self) {
        PageScreen(page: $0).toolbar(.hidden, for: .tabBar)
      }
    }
    .toast(of: app, isVisible: app.sheets.isEmpty && space.destination == destination)
  }

  /// Pages of this destination; only the visible one may pop them.
  private func pages(over destination: TopLevelDestination) -> Binding<[Page]> {
    Binding(app.path(of: destination)) {
      if space.destination == destination { app.send(.pop(to: $0.count)) }
    }
  }

  /// Tab of a destination; the system fills the symbol of the chosen one.
  private func item(_ symbol: String, _ phrase: Phrase, _ key: String) -> some View {
    Label {
      Text(environment.phrase(phrase))
    } icon: {
      Image(systemName: Symbols.of(symbol))
    }
    .accessibilityIdentifier(key)
  }
}
