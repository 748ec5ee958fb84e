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
    app.send(.follow(url: try link("service/\(service)")))
    #expect(app.router.screen?.name == "sign-in")
    try await ask(app)
    try await signIn(app)
    try await accept(app)
    try await choose(app)
    try await followLinks(app)
    try await sendSecrets(app)
    try await leaveASecret(app)
    try await signInAgainOverTheDevices(app)
    try await signInByASheetThatWasPutAway(app)
    try await goToAPlace(app)
    try await beginARequest(app)
    try await askBeforeErasing(app)
    try await beginARequest(app)
    try await askBeforeLeaving(app)
    try await fetchACircular(app)
    try await shareOverTheProfile(app)
    try await failWhileSigningOut(app)
  }

  /// Guide steps 1 to 4.
  private func ask(_ app: AppModel) async throws {
    try #require(app.router.screen as? SignInModel).send(.ask)
    let form = try #require(app.router.screen as? FormModel)
    form.send(.choose("active", of: "kind"))
    for (key, text) in [
      ("ppr", "0123456"), ("cin", "AB123456"), ("email", "membre.essai@finances.test"),
    ] {
      form.send(.type(text, into: key))
    }
    form.send(.send)
    try await until { app.router.screen?.name == "mail-sent" }
    #expect(app.router.current.path.isEmpty)
  }

  /// Guide step 5.
  private func signIn(_ app: AppModel) async throws {
    try #require(app.router.screen as? MailSentModel).send(.signIn)
    let signIn = try #require(app.router.screen as? SignInModel)
    let password = try await mailed()
    signIn.form.send(.type(password, into: "password"))
    signIn.form.send(.captcha("captcha"))
    try await until { signIn.form.view.fields.contains { $0.captcha == .done } }
    signIn.form.send(.send)
    try await until { app.router.screen?.name == "charter" }
  }

  /// Guide step 6.
  private func accept(_ app: AppModel) async throws {
    let charter = try #require(app.router.screen as? CharterModel)
    try await until { charter.view != nil && !charter.isRunning }
    try await keepAPlace(charter, app)
    charter.send(.reachedEnd)
    #expect(charter.finished)
    charter.send(.accept)
    try await until { app.router.screen?.name == "new-password" }
  }

  /// The charter is opened where it was left, by whoever comes back to it.
  private func keepAPlace(_ charter: CharterModel, _ app: AppModel) async throws {
    #expect(charter.view?.place == 0)
    charter.send(.showed(article: 1))
    charter.send(.rested)
    let later = CharterModel(try #require(app.environment), due: true)
    try await until {
      if !later.isRunning, later.view?.place != 1 { later.send(.retry) }
      return later.view?.place == 1
    }
  }

  /// Guide step 7.
  private func choose(_ app: AppModel) async throws {
    let form = try #require(app.router.screen as? FormModel)
    for key in ["new", "again"] { form.send(.type("قهوة-الصباح-2026", into: key)) }
    form.send(.send)
    try await until { app.router.root.screen?.name == "services" }
  }

  /// The link from before the sign-in shows by now; others show at once.
  private func followLinks(_ app: AppModel) async throws {
    try await until { app.router.screen?.name == "service" }
    #expect((app.router.screen as? ServiceModel)?.read.view != nil)
    app.send(.follow(url: "https://other.test/requests"))
    app.send(.follow(url: try link("requests").replacing("https", with: "http")))
    #expect(app.router.screen?.name == "service", "another site's link leads nowhere")
    app.send(.follow(url: try link("requests")))
    #expect(app.router.screen?.name == "requests" && app.router.current.depth == 0)
    app.send(.follow(url: try link("request/0192-unknown")))
    let requests = try #require(app.router.screen as? RequestsModel)
    try await until { app.router.screen?.name == "request" }
    #expect((app.router.screen as? RequestModel)?.read.problem != nil)
    #expect(!requests.refreshing.isRunning, "it may have been in the list that was on its way")
    app.send(.show(.services))
    #expect(app.router.screen?.name == "services" && !app.router.canGoBack)
  }

  private func link(_ path: String) throws -> String {
    let portal = try #require(environment["FOS_PORTAL"])
    return portal.replacing("http://", with: "https://") + "/" + path
  }

  /// In a form that no screen leaves: what was sent is forgotten all the same.
  private func sendSecrets(_ app: AppModel) async throws {
    let environment = try #require(app.environment)
    let form = FormModel(environment.fos.access().changePassword(), environment)
    form.send(.type("قهوة-الصباح-2026", into: "current"))
    for key in ["new", "again"] { form.send(.type("شاي-المساء-2027", into: key)) }
    form.send(.send)
    try await until { !form.isRunning }
    #expect(form.problem == nil)
    for key in ["current", "new", "again"] { #expect(form.secrets[key].isEmpty) }
  }

  private func leaveASecret(_ app: AppModel) async throws {
    let profile = try await openProfile(app)
    profile.send(.changePassword)
    let form = try #require(app.router.screen as? FormModel)
    form.send(.type("قهوة-الصباح-2026", into: "current"))
    app.router.back()
    #expect(form.secrets["current"].isEmpty, "what was left is forgotten")
    #expect(app.router.screen as? ProfileModel === profile, "the sheet is still there")
  }

  private func signInAgainOverTheDevices(_ app: AppModel) async throws {
    try #require(app.router.screen as? ProfileModel).send(.devices)
    let devices = try #require(app.router.screen as? DevicesModel)
    try await until { devices.view != nil }
    app.send(.notice(.signIn))
    app.send(.notice(.signIn))
    try await until { app.router.screen !== devices }
    #expect(app.router.current.depth == 3 && app.router.screen?.name == "sign-in-again")
    app.router.back()
    #expect(app.router.screen?.name == "devices", "the member finds what they were looking at")
    app.router.current.sheet = nil
    #expect(app.router.screen?.name == "services")
    #expect(!app.router.canGoBack)
  }

  /// The sheet is put away while it signs in, and opened again: it has another model by then, and closes all the same.
  private func signInByASheetThatWasPutAway(_ app: AppModel) async throws {
    app.send(.notice(.signIn))
    try await until { app.router.current.sheet != nil }
    let first = try #require(app.router.screen as? FormModel)
    app.router.current.sheet = nil
    app.send(.notice(.signIn))
    try await until { app.router.current.sheet != nil }
    let second = try #require(app.router.screen as? FormModel)
    #expect(second !== first && second.name == "sign-in-again")
    app.router.didSubmit(first, .done(message: nil), in: try #require(app.environment))
    #expect(app.router.current.sheet == nil)
  }

  private func goToAPlace(_ app: AppModel) async throws {
    let space = try #require(tabs(of: app))
    try await openForm(app)
    #expect(space.router(of: .services).path.count == 1, "no page is below that has nothing to say")
    try await until { !space.services.isRunning }
    app.router.back()
    #expect(space.services.isRunning, "a list is fetched again when it shows again")
    try await openForm(app)
    space.services.send(.open(service))
    try await until { app.router.screen is ServiceModel }
    #expect(
      space.router(of: .services).path.count == 1, "a list that stays beside shows one page")
    space.show(.requests)
    let requests = try #require(app.router.screen as? RequestsModel)
    #expect(
      space.router(of: .services).path.isEmpty, "who goes to another place leaves no page behind")
    try await until { !requests.isRunning && !requests.isReading }
    #expect(requests.read.view?.empty != nil)
    app.router.back()
    #expect(app.router.screen?.name == "services" && !app.router.canGoBack)
    space.destination = .requests
    #expect(app.router.screen as? RequestsModel === requests, "it is found as it was left")
    requests.send(.services)
    #expect(app.router.screen?.name == "services")
  }

  private func beginARequest(_ app: AppModel) async throws {
    let page = try await openForm(app)
    try await until { page.form != nil }
    let form = try #require(page.form)
    form.send(.search("country"))
    let options = try #require(app.router.screen as? OptionsModel)
    let all = options.found.count
    options.search = "mar tunisie"
    #expect(options.found.isEmpty)
    options.search = "tunisie"
    #expect(options.found.map(\.key) == ["tunisia"] && all > 1)
    options.send(.choose("tunisia"))
    #expect(app.router.screen as? RequestFormModel === page)
    let chosen = form.view.fields.first { $0.key == "country" }?.options.first { $0.chosen }
    #expect(chosen?.key == "tunisia")
    app.router.back()
    let services = try #require(tabs(of: app)).services
    try await until {
      if !services.isReading { services.read.readAgain() }
      return services.read.view?.unfinished?.service == service
    }
    services.send(.unfinished)
    #expect(app.router.screen is RequestFormModel)
    app.router.back()
    services.send(.start(service))
    try await until { app.router.screen is StartRequestModel }
    let start = try #require(app.router.screen as? StartRequestModel)
    #expect(start.read.view?.fill?.key == "continue-filling")
  }

  /// Erasing asks. The draft goes once its question is confirmed.
  private func askBeforeErasing(_ app: AppModel) async throws {
    let space = try #require(tabs(of: app))
    space.show(.services)
    try await openProfile(app).send(.signOut)
    try await until { app.router.screen is SignOutModel }
    let signOut = try #require(app.router.screen as? SignOutModel)
    try await until { !app.isRunning }
    signOut.send(.leave(.erase))
    #expect(signOut.question?.confirm.key == "confirm-erase-work" && !signOut.isRunning)
    signOut.answer(false)
    #expect(app.core?.stage == .space)
    app.router.current.sheet = nil
    space.show(.requests)
    try await until { !app.isRunning && !app.isReading }
    let draft = try #require(space.requests.read.view?.groups.first?.cards.first?.delete)
    for confirmed in [false, true] {
      space.requests.send(.delete(draft))
      #expect(space.requests.question == draft.question)
      space.requests.answer(confirmed)
      #expect(space.requests.deletingDraft.isRunning == confirmed)
    }
    try await until { space.requests.read.view?.groups.isEmpty == true }
    space.show(.services)
  }

  /// Drops the draft while the question shows: the question goes, and nobody is signed out.
  private func askBeforeLeaving(_ app: AppModel) async throws {
    try #require(tabs(of: app)).show(.services)
    try await openProfile(app).send(.signOut)
    try await until { app.router.screen is SignOutModel }
    #expect((app.router.screen as? SignOutModel)?.view?.sendNow == nil)
    try await until { !app.isRunning }
    let fos = try #require(app.environment).fos
    try await offMainActor { try fos.requests().discardDraft(service: service) }
    try await until { app.router.screen is ProfileModel }
    app.router.current.sheet = nil
    #expect(app.core?.stage == .space)
  }

  /// A document shows over the screen that it was fetched for, and over no other.
  private func fetchACircular(_ app: AppModel) async throws {
    let tab = try #require(tabs(of: app)).router(of: .services)
    for leaves in [true, false] {
      try #require(app.router.screen as? ServicesModel).send(.open("hajj-grant"))
      try await until { app.router.screen is ServiceModel }
      let page = try #require(app.router.screen as? ServiceModel)
      page.send(.circular)
      if leaves { app.router.back() }
      try await until { !page.isRunning }
      #expect(page.problem == nil)
      #expect((tab.document == nil) == leaves)
    }
    tab.close()
    #expect(tab.document == nil)
  }

  private func shareOverTheProfile(_ app: AppModel) async throws {
    try await openProfile(app).send(.help)
    try #require(app.router.screen as? HelpModel).send(.diagnostic)
    try #require(app.router.screen as? DiagnosticModel).send(.share)
    #expect(app.router.current.shared == nil, "the profile's sheet would hide it")
    #expect(app.router.current.front.shared != nil)
    app.router.current.sheet = nil
  }

  /// The screen of the action is gone with the stage: a toast shows its error, as an error.
  private func failWhileSigningOut(_ app: AppModel) async throws {
    let leaving = AsyncAction()
    leaving.run(try #require(app.environment)) {
      try await $0.account.signOut(unsent: .erase)
      throw FosError.Offline(text: "no connection")
    }
    try await until { !leaving.isRunning }
    #expect(app.router.current.front.toast == Toast(text: "no connection", isProblem: true))
  }

  private func tabs(of app: AppModel) -> SpaceModel? {
    if case .space(let space) = app.router.root { space } else { nil }
  }

  /// The page behind «+» has nothing to say of this service.
  @discardableResult private func openForm(_ app: AppModel) async throws -> RequestFormModel {
    try #require(app.router.screen as? ServicesModel).send(.start(service))
    try await until { app.router.screen is RequestFormModel }
    return try #require(app.router.screen as? RequestFormModel)
  }

  private func openProfile(_ app: AppModel) async throws -> ProfileModel {
    try #require(app.router.screen as? ServicesModel).send(.profile)
    try await until { app.router.screen is ProfileModel }
    return try #require(app.router.screen as? ProfileModel)
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
