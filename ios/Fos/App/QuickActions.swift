import FosCore
import FosKit
import SwiftUI
import UIKit

/// Quick actions of the icon on the home screen: the tabs, by their names in the app's language.
private enum QuickAction: String, CaseIterable {
  case services, requests

  var link: DeepLink { self == .services ? .services : .requests }
  var phrase: Phrase { self == .services ? .services : .requests }
  var symbol: String { self == .services ? "grid_view" : "receipt_long" }
}

/// Offers the quick actions, and shows the page of the one that the member has chosen.
struct QuickActions: ViewModifier {
  let app: AppModel
  @Environment(SceneDelegate.self) private var scene: SceneDelegate?

  func body(content: Content) -> some View {
    content
      .onChange(of: app.core?.language, initial: true) { offer() }
      .onChange(of: scene?.chosen, initial: true) { _, chosen in
        guard let chosen else { return }
        scene?.chosen = nil
        app.send(.show(chosen.link))
      }
  }

  private func offer() {
    guard let core = app.core else { return }
    UIApplication.shared.shortcutItems = QuickAction.allCases.map {
      UIApplicationShortcutItem(
        type: $0.rawValue, localizedTitle: core.phrase($0.phrase), localizedSubtitle: nil,
        icon: UIApplicationShortcutIcon(systemImageName: Symbols.of($0.symbol)))
    }
  }
}

/// Names the delegate of the window's scene, which alone receives a quick action.
final class AppDelegate: NSObject, UIApplicationDelegate {
  func application(
    _ application: UIApplication, configurationForConnecting session: UISceneSession,
    options: UIScene.ConnectionOptions
  ) -> UISceneConfiguration {
    let configuration = UISceneConfiguration(name: nil, sessionRole: session.role)
    configuration.delegateClass = SceneDelegate.self
    return configuration
  }
}

/// Receives the quick action that started the app, or that brought it back; SwiftUI hands it to the views.
@Observable final class SceneDelegate: NSObject, UIWindowSceneDelegate {
  fileprivate var chosen: QuickAction?

  func scene(
    _ scene: UIScene, willConnectTo session: UISceneSession, options: UIScene.ConnectionOptions
  ) {
    chosen = options.shortcutItem.flatMap { QuickAction(rawValue: $0.type) }
  }

  func windowScene(
    _ scene: UIWindowScene, performActionFor item: UIApplicationShortcutItem,
    completionHandler: @escaping (Bool) -> Void
  ) {
    chosen = QuickAction(rawValue: item.type)
    completionHandler(chosen != nil)
  }
}
