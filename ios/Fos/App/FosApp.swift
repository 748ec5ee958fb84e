import FosKit
import SwiftUI

/// The app: one window, and its scene phases.
@main struct FosApp: App {
  @State private var app: AppModel
  @State private var phone: DeviceServices
  @UIApplicationDelegateAdaptor private var delegate: AppDelegate
  @Environment(\.scenePhase) private var phase

  init() {
    SmartPunctuation.turnOff()
    let phone = DeviceServices()
    _phone = State(initialValue: phone)
    _app = State(
      initialValue: AppModel(config: .current(), platform: .current(), system: phone))
  }

  var body: some Scene {
    WindowGroup {
      // Not earlier: started for a refresh alone, on a locked phone, it could not read its keys.
      RootView(app: app, phone: phone)
        .task { app.send(.open) }
        .onOpenURL { app.send(.follow(url: $0.absoluteString)) }
        .quickActions(app)
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
