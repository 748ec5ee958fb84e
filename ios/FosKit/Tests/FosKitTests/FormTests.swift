import FosCore
import Foundation
import Testing

@testable import FosKit

@MainActor struct FormTests {
  private let folder = Folder()

  @Test func aSecretIsForgottenWhenItsFormIsLeft() async throws {
    let form = try await signIn(at: nowhere).form
    form.send(.type("قهوة", into: "password"))
    #expect(form.secrets["password"] == "قهوة")
    form.didClose()
    #expect(form.secrets["password"].isEmpty)
  }

  @Test func aSecretStaysWhileItCouldNotBeSent() async throws {
    let form = try await signIn(at: nowhere).form
    form.send(.type("قهوة", into: "password"))
    form.send(.send)
    try await until { !form.isRunning }
    #expect(form.view.summary != nil)
    #expect(form.secrets["password"] == "قهوة")
  }

  @Test func aSecretIsInNothingThatIsPrinted() async throws {
    let form = try await signIn(at: nowhere).form
    form.send(.type("قهوة", into: "password"))
    var dumped = ""
    dump(form.secrets, to: &dumped)
    for printed in ["\(form.secrets)", String(reflecting: form.secrets), dumped] {
      #expect(!printed.contains("قهوة"))
    }
  }

  @Test func aPasswordBeingChosenIsWeighedAtEveryKeystrokeAndNotOnceLeft() async throws {
    let app = try await app(in: folder, portal: nowhere)
    let environment = try #require(app.environment)
    let form = FormModel(environment.fos.access().newPassword(), environment)
    let weighed = { form.view.fields.first { $0.key == "new" }?.strength?.bars }
    form.send(.type("ق", into: "new"))
    #expect(weighed() == 1)
    form.send(.type("قهوة-الصباح-2026", into: "new"))
    #expect(try #require(weighed()) > 1)
    form.send(.type("قهوة-الصباح-2027", into: "new"))
    form.didClose()
    #expect(weighed() == nil)
  }

  @Test func aFieldShowsItsNormalFormOnceItIsLeft() async throws {
    let form = try await signIn(at: nowhere).form
    form.send(.type("٠١٢٣ ٤٥٦", into: "ppr"))
    #expect(form.view.fields.first?.value == "0123 456")
    form.send(.leave("ppr"))
    #expect(form.view.fields.first?.value == "0123456")
  }

  @Test func aSubmissionThatFailsAsksForTheFocusOfItsSummaryAndThatOfItsFields() async throws {
    let form = try await signIn(at: nowhere).form
    form.send(.type("قهوة", into: "password"))
    form.send(.send)
    try await until { !form.isRunning }
    // The form names its problems: no error is said beside them.
    #expect(form.problem == nil)
    let failed = try #require(form.focusRequest)
    #expect(failed.field == nil)
    let problem = try #require(form.view.summary?.problems.first)
    form.send(.openField(problem.field))
    let asked = try #require(form.focusRequest)
    #expect(asked.field == problem.field)
    form.send(.openField(problem.field))
    #expect(form.focusRequest != asked)
    form.send(.type("0123456", into: "ppr"))
    #expect(form.focusRequest == nil)
    #expect(form.view.summary?.problems.contains { $0.field == "ppr" } != true)
  }

  @Test(.enabled(if: portal != nil, "there is no portal beside"))
  func aRefusedSignInEmptiesThePasswordAndAsksForItsFocus() async throws {
    // Held, since it is the app that has the form read again.
    let app = try await app(in: folder, portal: try #require(portal))
    let form = try #require(app.router.root.screen as? SignInModel).form
    form.send(.type("9876543", into: "ppr"))
    form.send(.type("قهوة", into: "password"))
    form.send(.captcha("captcha"))
    try await until { form.view.fields.contains { $0.captcha == .done } }
    form.send(.send)
    try await until { !form.isRunning }
    #expect(form.problem != nil)
    #expect(form.secrets["password"].isEmpty)
    #expect(form.focusRequest?.field == "password")
  }

  @Test func aDayOfTheCalendarIsThatOfUTC() throws {
    for (date, day) in [
      ("1970-01-01T00:00:00Z", 0), ("2027-06-15T23:59:59Z", 20_984), ("1969-12-31T12:00:00Z", -1),
    ] {
      let date = try Date(date, strategy: .iso8601)
      #expect(CalendarView.day(of: date) == day)
      #expect(CalendarView.day(of: CalendarView.date(of: Int64(day))) == day)
    }
  }

  @Test func theRobotBoxIsCancelledByUntickingIt() async throws {
    let portal = try SilentPortal()
    let form = try await signIn(at: portal.address).form
    let captcha = { form.view.fields.first { $0.kind == .captcha }?.captcha }
    form.send(.captcha("captcha"))
    #expect(captcha() == .working)
    form.send(.captcha("captcha"))
    #expect(captcha() == .idle)
    // Ticked again it begins again.
    form.send(.captcha("captcha"))
    #expect(captcha() == .working)
    withExtendedLifetime(portal) {}
  }

  @Test func aSecondTouchWhileTheFirstIsUnderWayDoesNothing() async throws {
    let environment = try #require(try await app(in: folder, portal: nowhere).environment)
    let act = AsyncAction()
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    var times = 0
    for _ in 1...2 {
      act.run(environment) { _ in
        times += 1
        for await _ in gate {}
      }
    }
    open.finish()
    await act.waitUntilFinished()
    #expect(times == 1)
    #expect(!act.isRunning)
  }

  @Test func whatTheMemberAsksForFollowsAQuietRun() async throws {
    let environment = try #require(try await app(in: folder, portal: nowhere).environment)
    let act = AsyncAction()
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    act.run(environment, quiet: true) { _ in
      for await _ in gate {}
      throw FosError.Offline(text: "quiet")
    }
    act.run(environment) { _ in throw FosError.Offline(text: "asked for") }
    act.run(environment) { _ in throw FosError.Offline(text: "a second touch") }
    #expect(act.isRunning && !act.isQuiet)
    open.finish()
    await act.waitUntilFinished()
    #expect(act.problem == "asked for" && !act.isRunning)
  }

  private func signIn(at portal: String) async throws -> SignInModel {
    let app = try await app(in: folder, portal: portal)
    return try #require(app.router.root.screen as? SignInModel)
  }
}

/// Address of the portal beside: `fos-journeys host -- swift test`.
private let portal = ProcessInfo.processInfo.environment["FOS_PORTAL"]
