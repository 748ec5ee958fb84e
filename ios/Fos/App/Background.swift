import BackgroundTasks
import FosCore
import FosKit
import UIKit

/// What the app does while it leaves the screen.
@MainActor enum Background {
  /// Writes what is not written yet, and asks for the time that what is under way needs: a file that is being written
  /// when the app is suspended ends it (`0xdead10cc`,
  /// https://developer.apple.com/documentation/xcode/understanding-the-exception-types-in-a-crash-report).
  static func finish(_ app: AppModel) {
    let system = UIApplication.shared
    let held = Held()
    held.task = system.beginBackgroundTask(withName: "finish") { held.end(system) }
    app.send(.pause)
    Task {
      await app.settled()
      held.end(system)
    }
  }

  /// The time that the system has given, handed back once.
  private final class Held {
    var task = UIBackgroundTaskIdentifier.invalid

    func end(_ system: UIApplication) {
      guard task != .invalid else { return }
      system.endBackgroundTask(task)
      task = .invalid
    }
  }
}

/// The services are looked at anew now and then, so that the list is current where there is no network later.
@MainActor enum Refresh {
  /// As `Info.plist` permits it.
  static let name = "ma.fos.services.refresh"

  /// Asks the system for a time of its choice; only a member in the space has something to refresh.
  static func plan(for app: AppModel) {
    guard app.live?.stage == .space else {
      return BGTaskScheduler.shared.cancel(taskRequestWithIdentifier: name)
    }
    do {
      try BGTaskScheduler.shared.submit(BGAppRefreshTaskRequest(identifier: name))
    } catch {
      // Turned off in the system's settings: the list is fetched when the app opens, as ever.
      NSLog("no refresh in the background: %@", "\(error)")
    }
  }

  /// Fetches what is new, and asks for the next time.
  static func run(for app: AppModel) async {
    await app.refreshed()
    await Background.closing(app)
    plan(for: app)
  }
}
