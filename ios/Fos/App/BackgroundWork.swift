import FosKit
import UIKit

/// The app leaves the screen: what is not written is written, and what is under way is given the time to end. An app
/// that is suspended while it locks a file is ended by the system (`0xdead10cc`,
/// https://developer.apple.com/documentation/xcode/sigkill).
@MainActor final class BackgroundWork {
  private let app: AppModel
  private var granted = UIBackgroundTaskIdentifier.invalid

  private init(_ app: AppModel) { self.app = app }

  static func finish(_ app: AppModel) {
    let work = BackgroundWork(app)
    work.granted = UIApplication.shared.beginBackgroundTask(withName: "leaving") {
      Task { await work.end() }
    }
    Task {
      await app.pause()
      while app.isRunning || app.isReading, work.granted != .invalid {
        try await Task.sleep(for: .milliseconds(200))
      }
      await work.end()
    }
  }

  /// Hands the time back, once. Work that ended meanwhile has opened the files again: they are closed at last, unless the
  /// member is back.
  private func end() async {
    guard granted != .invalid else { return }
    let task = granted
    granted = .invalid
    if app.isInBackground { await app.pause() }
    UIApplication.shared.endBackgroundTask(task)
  }
}
