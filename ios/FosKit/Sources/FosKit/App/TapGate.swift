import FosCore
import Foundation

/// Gate for every touch on a button: the core's guard leaves out those that the member did not mean. VoiceOver and Switch
/// Control press without a touch: the views do not ask for them.
///
/// Appearances are reported to the guard in batches, since each report is a call into the core.
@MainActor public final class TapGate {
  /// Runs its argument in the next turn of the main actor.
  typealias Scheduler = @MainActor (@escaping @MainActor () -> Void) -> Void

  /// Button in one of its views: it may appear in another place before it has disappeared from the first one.
  private struct VisibleButton: Hashable {
    let name: String
    let view: UUID?
  }

  private let tapGuard: any TapGuardProtocol
  private let now: () -> UInt64
  private let atNextFrame: Scheduler
  private var visibleButtons: Set<VisibleButton> = []
  private var reported: Set<String> = []
  private var changedAt: UInt64?

  /// Creates a gate over the core's guard; tests replace it. `now` is a monotonic clock, in ms.
  init(
    now: @escaping () -> UInt64, tapGuard: any TapGuardProtocol = TapGuard(),
    atNextFrame: @escaping Scheduler = { work in Task { work() } }
  ) {
    self.now = now
    self.tapGuard = tapGuard
    self.atNextFrame = atNextFrame
  }

  /// Returns true if a touch on this button counts; its name is that of its screen, its section and its action.
  public func counts(_ button: String, _ action: ActionView) -> Bool {
    report()
    return tapGuard.counts(button: button, action: action, nowMs: now())
  }

  public func appeared(_ button: String, in view: UUID? = nil) {
    change(to: visibleButtons.union([VisibleButton(name: button, view: view)]))
  }

  public func disappeared(_ button: String, in view: UUID? = nil) {
    change(to: visibleButtons.subtracting([VisibleButton(name: button, view: view)]))
  }

  /// Reports these buttons as the only visible ones.
  public func show(_ buttons: Set<String>) {
    change(to: Set(buttons.map { VisibleButton(name: $0, view: nil) }))
    report()
  }

  private func change(to buttons: Set<VisibleButton>) {
    guard buttons != visibleButtons else { return }
    visibleButtons = buttons
    let isFirst = changedAt == nil
    changedAt = now()
    if isFirst { atNextFrame { [weak self] in self?.report() } }
  }

  private func report() {
    guard let at = changedAt else { return }
    changedAt = nil
    let names = Set(visibleButtons.map(\.name))
    guard names != reported else { return }
    reported = names
    tapGuard.show(buttons: Array(names), nowMs: at)
  }

  /// Returns the phone's monotonic clock, in ms since this call.
  public static func clock() -> () -> UInt64 {
    let start = ContinuousClock.now
    return { UInt64(start.duration(to: .now) / .milliseconds(1)) }
  }
}
