import FosCore

/// Gate for every touch on a button: the core's guard leaves out those that the member did not mean. VoiceOver and Switch
/// Control press without a touch: the views do not ask for them.
///
/// Appearances are reported to the guard in batches, since each report is a call into the core.
@MainActor public final class TapGate {
  /// Runs its argument in the next turn of the main actor.
  typealias Later = @MainActor (@escaping @MainActor () -> Void) -> Void

  private let tapGuard: any TapGuardProtocol
  private let now: () -> UInt64
  private let later: Later
  private var shown: Set<String> = []
  private var reportsToTapGate: Set<String> = []
  private var changedAt: UInt64?

  /// Creates a gate over the core's guard; tests replace it. `now` is a monotonic clock, in ms.
  init(
    now: @escaping () -> UInt64, tapGuard: any TapGuardProtocol = TapGuard(),
    later: @escaping Later = { work in Task { work() } }
  ) {
    self.now = now
    self.tapGuard = tapGuard
    self.later = later
  }

  /// Returns true if a touch on this button counts; its name is that of its screen, its section and its action.
  public func counts(_ button: String, _ action: ActionView) -> Bool {
    report()
    return tapGuard.counts(button: button, action: action, nowMs: now())
  }

  public func appeared(_ button: String) { change(to: shown.union([button])) }

  public func disappeared(_ button: String) { change(to: shown.subtracting([button])) }

  /// Reports the buttons that show, and no other.
  public func show(_ buttons: Set<String>) {
    change(to: buttons)
    report()
  }

  private func change(to buttons: Set<String>) {
    guard buttons != shown else { return }
    shown = buttons
    let isFirst = changedAt == nil
    changedAt = now()
    if isFirst { later { [weak self] in self?.report() } }
  }

  private func report() {
    guard let at = changedAt else { return }
    changedAt = nil
    guard shown != reportsToTapGate else { return }
    reportsToTapGate = shown
    tapGuard.show(buttons: Array(shown), nowMs: at)
  }

  /// The phone's own monotonic clock, in ms since it was asked for.
  public static func clock() -> () -> UInt64 {
    let start = ContinuousClock.now
    return { UInt64(start.duration(to: .now) / .milliseconds(1)) }
  }
}
