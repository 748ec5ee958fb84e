import BackgroundTasks
import FosKit
import UIKit

#if canImport(os)
  import os
#endif

/// Refresh while the app is away: entries that wait are sent, requests and services are fetched, so that they are current
/// where there is no network later. The system chooses when, and never if the member has turned it off.
@MainActor enum Refresh {
  /// Identifier that `Info.plist` permits.
  nonisolated static let name = "ma.fos.services.refresh"

  /// Schedules the next refresh unless nobody is signed in; where the core is not open, that is not known yet.
  static func plan(for app: AppModel) {
    let system = BGTaskScheduler.shared
    guard app.core.map({ $0.stage == .space }) ?? true else {
      return system.cancel(taskRequestWithIdentifier: name)
    }
    do {
      try system.submit(BGAppRefreshTaskRequest(identifier: name))
    } catch { Logger.app.error("no refresh is scheduled", error) }
  }

  /// Fetches what is new, and asks for the next time. On a locked phone the keys cannot be read.
  static func run(for app: AppModel) async {
    if UIApplication.shared.isProtectedDataAvailable, app.core != nil {
      // The app refreshes anyway when it comes back.
      do { try await app.refresh() } catch { Logger.app.error("no refresh while away", error) }
      // The member may have come back meanwhile.
      if app.isInBackground { await app.pause() }
    }
    plan(for: app)
  }
}
