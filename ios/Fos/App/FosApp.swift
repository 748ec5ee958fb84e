import FosKit
import SwiftUI

/// The app: one window, and what the system tells of it.
@main struct FosApp: App {
  @State private var app: AppModel
  @State private var phone: Phone
  @Environment(\.scenePhase) private var phase

  init() {
    let phone = Phone()
    let app = AppModel(config: .ofThisPhone, platform: .ofThisPhone, system: phone)
    _phone = State(initialValue: phone)
    _app = State(initialValue: app)
    app.send(.open)
  }

  var body: some Scene {
    WindowGroup {
      RootView(app: app, phone: phone)
    }
    .onChange(of: phase) { _, phase in follow(phase) }
    .backgroundTask(.appRefresh(Refresh.name)) { await Refresh.run(for: app) }
  }

  private func follow(_ phase: ScenePhase) {
    switch phase {
    case .active: app.send(.resume)
    case .background:
      Background.finish(app)
      Refresh.plan(for: app)
    // Only covered: a call, or the list of apps.
    case .inactive: break
    @unknown default: break
    }
  }
}
