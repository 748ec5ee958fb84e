import FosCore

/// Gate for every touch on a button: the core's guard leaves out those that the member did not mean. VoiceOver and Switch
/// Control press without a touch: the views do not ask for them.
@MainActor public final class Taps {
  private let tapGuard = TapGuard()
  private let now: () -> UInt64
  private var shown: Set<String> = []

  /// `now` is a monotonic clock, in ms.
  init(now: @escaping () -> UInt64) {
    self.now = now
  }

  /// Returns true if a touch on this button counts; its name is that of its screen, its section and its action.
  public func counts(_ button: String, _ action: ActionView) -> Bool {
    tapGuard.counts(button: button, action: action, nowMs: now())
  }

  /// Reports a button that has come on the screen.
  public func appeared(_ button: String) {
    show(shown.union([button]))
  }

  /// Reports a button that has left the screen.
  public func disappeared(_ button: String) {
    show(shown.subtracting([button]))
  }

  /// Reports the buttons that show, and no other.
  public func show(_ buttons: Set<String>) {
    guard buttons != shown else { return }
    shown = buttons
    tapGuard.show(buttons: Array(buttons), nowMs: now())
  }

  /// The phone's own monotonic clock, in ms since it was asked for.
  public static func clock() -> () -> UInt64 {
    let start = ContinuousClock.now
    return {
      let passed = start.duration(to: .now).components
      return UInt64(passed.seconds) * 1_000 + UInt64(passed.attoseconds / 1_000_000_000_000_000)
    }
  }
}
