import FosKit
import UIKit

/// The app leaves the screen: what is not written is written, and what is under way is given the time to end. An app
/// that is suspended while it locks a file is ended by the system (`0xdead10cc`,
/// https://developer.apple.com/documentation/xcode/sigkill).
@MainActor final class BackgroundWork {
  private var granted = UIBackgroundTaskIdentifier.invalid

  static func finish(_ app: AppModel) {
    let work = BackgroundWork()
    work.granted = UIApplication.shared.beginBackgroundTask(withName: "leaving") { work.end() }
    Task {
      await app.pause()
      while app.isRunning || app.isReading, work.granted != .invalid {
        try await Task.sleep(for: .milliseconds(200))
      }
      // Work that ended meanwhile has opened the files again; if the member is back, they stay open.
      if app.isInBackground { await app.pause() }
      work.end()
    }
  }

  /// Hands the time back, once and before it returns: an app that still holds it when it has run out is ended.
  private func end() {
    guard granted != .invalid else { return }
    UIApplication.shared.endBackgroundTask(granted)
    granted = .invalid
  }
}
