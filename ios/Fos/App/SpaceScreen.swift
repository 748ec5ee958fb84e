import FosCore
import FosKit
import SwiftUI

/// Tab bar of a signed-in member; hidden by a page.
struct SpaceScreen: View {
  @Bindable var space: SpaceModel
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    TabView(selection: $space.destination) {
      tab(.services, .services, "grid_view") { ServicesScreen(model: space.services) }
      tab(.requests, .requests, "receipt_long") { RequestsScreen(model: space.requests) }
    }
  }

  /// A destination with the pages over it; the system fills the symbol of the chosen one.
  private func tab(
    _ destination: TopLevelDestination, _ phrase: Phrase, _ symbol: String,
    @ViewBuilder root: () -> some View
  ) -> some View {
    RouterView(router: space.router(of: destination), root: root)
      .tabItem {
        Label(environment.phrase(phrase), systemImage: Symbols.of(symbol))
          .accessibilityIdentifier("place:\(destination)")
      }
      .tag(destination)
  }
}
