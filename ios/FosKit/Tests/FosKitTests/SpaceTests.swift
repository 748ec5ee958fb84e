import FosCore
import Foundation
import Testing

@testable import FosKit

/// Beside a portal: `fos-journeys host -- swift test` (ios/README.md).
@MainActor @Suite(.enabled(if: environment["FOS_PORTAL"] != nil, "there is no portal beside"))
struct SpaceTests {
  private let folder = Folder()

  @Test func aMemberWalksToTheSpaceAndTheSheetsLieOverItAsTheyWereOpened() async throws {
    let app = try await app(in: folder, portal: try #require(environment["FOS_PORTAL"]))
    try await ask(app)
    try await signIn(app)
    try await accept(app)
    try await choose(app)
    try await sendSecrets(app)
    try await leaveASecret(app)
    try await signInAgainOverTheDevices(app)
    try await signInByASheetThatWasPutAway(app)
    try await goToAPlace(app)
    try await beginARequest(app)
    try await askBeforeLeaving(app)
  }

  /// Guide steps 1 to 4.
  private func ask(_ app: AppModel) async throws {
    try #require(app.screen as? SignInModel).send(.ask)
    let form = try #require(app.screen as? FormModel)
    form.send(.choose("active", of: "kind"))
    for (key, text) in [
      ("ppr", "0123456"), ("cin", "AB123456"), ("email", "membre.essai@finances.test"),
    ] {
      form.send(.type(text, into: key))
    }
    form.send(.send)
    try await until { app.screen?.name == "mail-sent" }
    #expect(app.path.isEmpty)
  }

  /// Guide step 5.
  private func signIn(_ app: AppModel) async throws {
    try #require(app.screen as? MailSentModel).send(.signIn)
    let signIn = try #require(app.screen as? SignInModel)
    let password = try await mailed()
    signIn.form.send(.type(password, into: "password"))
    signIn.form.send(.captcha("captcha"))
    try await until { signIn.form.view.fields.contains { $0.captcha == .done } }
    signIn.form.send(.send)
    try await until { app.screen?.name == "charter" }
  }

  /// Guide step 6.
  private func accept(_ app: AppModel) async throws {
    let charter = try #require(app.screen as? CharterModel)
    try await until { charter.view != nil && !charter.isRunning }
    charter.send(.reachedEnd)
    #expect(charter.finished)
    charter.send(.accept)
    try await until { app.screen?.name == "new-password" }
  }

  /// Guide step 7.
  private func choose(_ app: AppModel) async throws {
    let form = try #require(app.screen as? FormModel)
    for key in ["new", "again"] { form.send(.type("قهوة-الصباح-2026", into: key)) }
    form.send(.send)
    try await until { app.screen?.name == "services" }
  }

  /// In a form that no screen leaves: what was sent is forgotten all the same.
  private func sendSecrets(_ app: AppModel) async throws {
    let core = try #require(app.core)
    let form = FormModel(core.fos.access().changePassword(), core)
    form.send(.type("قهوة-الصباح-2026", into: "current"))
    for key in ["new", "again"] { form.send(.type("شاي-المساء-2027", into: key)) }
    form.send(.send)
    try await until { !form.isRunning }
    #expect(form.problem == nil)
    for key in ["current", "new", "again"] { #expect(form.secrets[key].isEmpty) }
  }

  private func leaveASecret(_ app: AppModel) async throws {
    try #require(app.screen as? ServicesModel).send(.profile)
    try #require(app.screen as? ProfileModel).send(.changePassword)
    let form = try #require(app.screen as? FormModel)
    form.send(.type("قهوة-الصباح-2026", into: "current"))
    form.send(.back)
    #expect(form.secrets["current"].isEmpty, "what was left is forgotten")
    #expect(app.screen?.name == "profile", "the sheet is still there")
  }

  private func signInAgainOverTheDevices(_ app: AppModel) async throws {
    try #require(app.screen as? ProfileModel).send(.devices)
    let devices = try #require(app.screen as? DevicesModel)
    try await until { devices.view != nil }
    app.send(.notice(.signIn))
    app.send(.notice(.signIn))
    #expect(app.sheets.map(\.screen.name) == ["profile", "sign-in-again"])
    app.send(.back)
    #expect(app.screen?.name == "devices", "the member finds what they were looking at")
    app.send(.dismiss(app.sheets[0]))
    #expect(app.screen?.name == "services")
    #expect(app.profilePath.isEmpty && !app.canGoBack)
  }

  /// The sheet is put away while it signs in, and opened again: it has another model by then, and closes all the same.
  private func signInByASheetThatWasPutAway(_ app: AppModel) async throws {
    app.send(.notice(.signIn))
    let first = try #require(app.screen as? FormModel)
    app.send(.dismiss(.signInAgain(first)))
    app.send(.notice(.signIn))
    let second = try #require(app.screen as? FormModel)
    #expect(second !== first && second.name == "sign-in-again")
    app.core?.navigate(.sent(first, .done(message: nil)))
    #expect(app.sheets.isEmpty)
  }

  private func goToAPlace(_ app: AppModel) async throws {
    try #require(app.screen as? ServicesModel).send(.start(service))
    #expect(app.path(of: .services).count == 1 && app.path(of: .requests).isEmpty)
    app.send(.show(.requests))
    let requests = try #require(app.screen as? RequestsModel)
    #expect(app.path.isEmpty, "who goes to another place leaves no page behind")
    try await until { !requests.isRunning }
    #expect(requests.read.view?.empty != nil)
    app.send(.back)
    #expect(app.screen?.name == "services" && !app.canGoBack)
    app.send(.show(.requests))
    #expect(app.screen as? RequestsModel === requests, "it is found as it was left")
    requests.send(.services)
    #expect(app.screen?.name == "services")
  }

  private func beginARequest(_ app: AppModel) async throws {
    try #require(app.screen as? ServicesModel).send(.start(service))
    let start = try #require(app.screen as? StartRequestModel)
    start.send(.fill)
    let page = try #require(app.screen as? RequestFormModel)
    try await until { page.form != nil }
    let form = try #require(page.form)
    form.send(.search("country"))
    let options = try #require(app.screen as? OptionsModel)
    let all = options.found.count
    options.send(.search("mar tunisie"))
    #expect(options.found.isEmpty)
    options.send(.search("tunisie"))
    #expect(options.found.map(\.key) == ["tunisia"] && all > 1)
    options.send(.choose("tunisia"))
    #expect(app.screen as? RequestFormModel === page)
    let chosen = form.view.fields.first { $0.key == "country" }?.options.first { $0.chosen }
    #expect(chosen?.key == "tunisia")
    app.send(.back)
    #expect(start.read.view?.fill?.key == "continue-filling", "the page under the form shows it")
  }

  /// Drops the draft while the question shows: the question goes, and nobody is signed out.
  private func askBeforeLeaving(_ app: AppModel) async throws {
    app.send(.show(.services))
    try #require(app.screen as? ServicesModel).send(.profile)
    try #require(app.screen as? ProfileModel).send(.signOut)
    try await until { app.screen is SignOutModel }
    #expect((app.screen as? SignOutModel)?.read.view?.sendNow == nil)
    try await until { !app.isRunning }
    try await #require(app.core).discardDraft(of: service)
    try await until { app.screen is ProfileModel }
    app.send(.dismiss(app.sheets[0]))
    #expect(app.core?.stage == .space)
  }

  /// The line of the letter that stands alone and holds no space: the password.
  private func mailed() async throws -> String {
    let folder = try #require(environment["FOS_MAIL_DIR"])
    var letter: String?
    try await until {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      letter = names.first { $0.hasSuffix(".txt") }
        .flatMap { try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
      return letter != nil
    }
    let lines = try #require(letter).split(whereSeparator: \.isNewline)
    return String(try #require(lines.first { $0.contains("-") && !$0.contains(" ") }))
  }
}

/// Open all the year, and its form asks for one of many.
private let service = "travel-certificate"
private let environment = ProcessInfo.processInfo.environment
