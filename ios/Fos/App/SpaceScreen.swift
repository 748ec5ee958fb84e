import FosCore
import FosKit
import SwiftUI

/// Tab bar of a signed-in member, hidden by a page; on a wide screen the pages show beside the list instead.
struct SpaceScreen: View {
  @Bindable var space: SpaceModel
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    TabView(selection: $space.destination) {
      tab(.services, .services, "grid_view") { services(space.services) }
      tab(.requests, .requests, "receipt_long") { requests(space.requests) }
    }
  }

  private func services(_ model: ServicesModel) -> some View {
    ServicesScreen(
      view: model.read.view, unavailableReason: model.read.problem,
      search: Bindable(model).search, problem: model.problem, pull: model.refresh, send: model.send)
  }

  private func requests(_ model: RequestsModel) -> some View {
    RequestsScreen(
      view: model.read.view, unavailableReason: model.read.problem, problem: model.problem,
      working: model.returningToDraft.isRunning, pull: model.refresh, send: model.send)
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
