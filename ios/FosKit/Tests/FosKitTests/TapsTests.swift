import FosCore
import Testing

@testable import FosKit

/// The gate tells the core's guard of the buttons that show, in one call for those that come together.
@MainActor struct TapsTests {
  private let tapGuard = CountingGuard()

  @Test func theButtonsThatComeTogetherAreReportedByOneCall() {
    var due: [@MainActor () -> Void] = []
    let taps = Taps(now: { 7 }, tapGuard: tapGuard, later: { due.append($0) })
    for button in ["form/next", "form/file", "form/back"] { taps.appeared(button) }
    taps.disappeared("form/next")
    #expect(tapGuard.reports.isEmpty)
    for work in due { work() }
    #expect(tapGuard.reports == [["form/back", "form/file"]])
  }

  @Test func buttonsThatAreReportedOneByOneAreCounted() {
    let taps = Taps(now: { 7 }, tapGuard: tapGuard, later: { $0() })
    for button in ["form/next", "form/file"] { taps.appeared(button) }
    #expect(tapGuard.reports.count == 2)
  }

  @Test func aTouchIsJudgedByTheButtonsThatShowByThen() {
    let taps = Taps(now: { 7 }, tapGuard: tapGuard, later: { _ in })
    taps.appeared("form/file")
    let file = ActionView(key: "file", label: "Déposer", guideName: nil, decisive: true)
    #expect(!taps.counts("form/file", file))
    #expect(tapGuard.reports == [["form/file"]])
  }
}

/// A guard that keeps what it is told and lets no touch count.
private final class CountingGuard: TapGuardProtocol, @unchecked Sendable {
  private(set) var reports: [[String]] = []

  func counts(button: String, action: ActionView, nowMs: UInt64) -> Bool { false }

  func show(buttons: [String], nowMs: UInt64) { reports.append(buttons.sorted()) }
}
