import FosKit
import SwiftUI

/// The app: one window, and its scene phases.
@main struct FosApp: App {
  @State private var app = AppModel(
    config: .current(), platform: .current(), system: DeviceServices())
  @UIApplicationDelegateAdaptor private var delegate: AppDelegate
  @Environment(\.scenePhase) private var phase

  init() { SmartPunctuation.turnOff() }

  var body: some Scene {
    WindowGroup {
      // Not earlier: started for a refresh alone, on a locked phone, it could not read its keys.
      RootView(app: app)
        .task { app.send(.open) }
        .onOpenURL { app.send(.follow(url: $0.absoluteString)) }
        .modifier(QuickActions(app: app))
    }
    .onChange(of: phase) { _, phase in follow(phase) }
    .backgroundTask(.appRefresh(Refresh.name)) { await Refresh.run(for: app) }
  }

  private func follow(_ phase: ScenePhase) {
    switch phase {
    case .active: app.send(.resume)
    case .background:
      BackgroundWork.finish(app)
      Refresh.plan(for: app)
    // Covered, no more: a call, the list of apps.
    case .inactive: break
    @unknown default: break
    }
  }
}
