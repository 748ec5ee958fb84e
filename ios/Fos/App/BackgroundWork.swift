import FosKit
import UIKit

/// The app leaves the screen: what is not written is written, and what is under way is given the time to end. An app
/// that is suspended while it locks a file is ended by the system (`0xdead10cc`,
/// https://developer.apple.com/documentation/xcode/sigkill).
@MainActor enum BackgroundWork {
  static func finish(_ app: AppModel) {
    app.send(.pause)
    let time = Time { app.send(.pause) }
    Task {
      while app.isRunning, time.granted { try await Task.sleep(for: .milliseconds(200)) }
      time.handBack()
    }
  }

  /// Time that the system grants before it suspends the app, handed back once. Work that ended meanwhile has opened the files
  /// again: they are closed at last.
  @MainActor private final class Time {
    private var task = UIBackgroundTaskIdentifier.invalid
    private let close: () -> Void

    var granted: Bool { task != .invalid }

    init(close: @escaping () -> Void) {
      self.close = close
      task = UIApplication.shared.beginBackgroundTask(withName: "leaving") { [weak self] in
        self?.handBack()
      }
    }

    func handBack() {
      guard granted else { return }
      close()
      UIApplication.shared.endBackgroundTask(task)
      task = .invalid
    }
  }
}
