import FosCore
import FosKit
import SwiftUI

/// Tab bar of a signed-in member, hidden by a page; on a wide screen the pages show beside the list instead.
struct SpaceScreen: View {
  @Bindable var space: SpaceModel
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    TabView(selection: $space.destination) {
      tab(.services, .services, "grid_view") {
        let model = space.services
        ServicesScreen(
          state: ScreenState(model), search: Bindable(model).search, pull: model.refresh,
          send: model.send)
      }
      tab(.requests, .requests, "receipt_long") {
        let model = space.requests
        RequestsScreen(
          state: ScreenState(
            model, working: model.returningToDraft.isRunning || model.deletingDraft.isRunning),
          pull: model.refresh, send: model.send)
      }
    }
  }

  /// A destination with the pages over it; the system fills the symbol of the chosen one.
  private func tab(
    _ destination: TopLevelDestination, _ phrase: Phrase, _ symbol: String,
    @ViewBuilder root: () -> some View
  ) -> some View {
    RouterView(router: space.router(of: destination), isSplit: true, root: root)
      .tabItem {
        Label(environment.phrase(phrase), systemImage: Symbols.of(symbol))
          .accessibilityIdentifier("place:\(destination)")
      }
      .tag(destination)
  }
}
