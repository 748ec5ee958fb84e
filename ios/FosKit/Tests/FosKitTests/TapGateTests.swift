import FosCore
import Foundation
import Testing

@testable import FosKit

/// The gate tells the core's guard of the buttons that show, in one call for those that come together.
@MainActor struct TapGateTests {
  private let tapGuard = CountingGuard()

  @Test func theButtonsThatComeTogetherAreReportedByOneCall() {
    var due: [@MainActor () -> Void] = []
    let tapGate = TapGate(now: { 7 }, tapGuard: tapGuard, atNextFrame: { due.append($0) })
    for button in ["form/next", "form/file", "form/back"] { tapGate.appeared(button) }
    tapGate.disappeared("form/next")
    #expect(tapGuard.reports.isEmpty)
    for work in due { work() }
    #expect(tapGuard.reports == [["form/back", "form/file"]])
  }

  @Test func buttonsThatAreReportedOneByOneAreCounted() {
    let tapGate = TapGate(now: { 7 }, tapGuard: tapGuard, atNextFrame: { $0() })
    for button in ["form/next", "form/file"] { tapGate.appeared(button) }
    #expect(tapGuard.reports.count == 2)
  }

  @Test func aButtonThatMovesToAnotherPlaceStaysVisible() {
    let tapGate = TapGate(now: { 7 }, tapGuard: tapGuard, atNextFrame: { $0() })
    let (page, bar) = (UUID(), UUID())
    tapGate.appeared("form/send", in: page)
    tapGate.appeared("form/send", in: bar)
    tapGate.disappeared("form/send", in: page)
    #expect(tapGuard.reports == [["form/send"]])
    tapGate.disappeared("form/send", in: bar)
    #expect(tapGuard.reports == [["form/send"], []])
  }

  @Test func aTouchIsJudgedByTheButtonsThatShowByThen() {
    let tapGate = TapGate(now: { 7 }, tapGuard: tapGuard, atNextFrame: { _ in })
    tapGate.appeared("form/file")
    let file = ActionView(key: "file", label: "Déposer", guideName: nil, decisive: true)
    #expect(!tapGate.counts("form/file", file))
    #expect(tapGuard.reports == [["form/file"]])
  }
}

/// A guard that keeps what it is told and lets no touch count.
private final class CountingGuard: TapGuardProtocol, @unchecked Sendable {
  private(set) var reports: [[String]] = []

  func counts(button: String, action: ActionView, nowMs: UInt64) -> Bool { false }

  func show(buttons: [String], nowMs: UInt64) { reports.append(buttons.sorted()) }
}
