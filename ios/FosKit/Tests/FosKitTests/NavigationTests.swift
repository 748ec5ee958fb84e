import FosCore
import Foundation
import Testing

@testable import FosKit

@MainActor struct NavigationTests {
  private let folder = Folder()
  private let pockets = SystemServicesSpy()

  @Test func theAppOpensOnTheSignInScreen() async throws {
    let app = AppModel(
      config: Config(dataDir: folder.path, portal: nowhere, appVersion: "0.1.0"),
      platform: Platform(device: "iPhone", language: "ar-MA", system: "ios"), system: pockets)
    #expect(app.router.root == .opening)
    app.send(.open)
    try await until { app.router.screen?.name == "sign-in" }
    #expect(app.core?.language == .ar)
    #expect(!app.router.canGoBack)
  }

  @Test func pagesLieOverTheRootAndAreLeftOneByOneOrTogether() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    let signIn = try #require(app.router.screen as? SignInModel)
    signIn.send(.ask)
    app.send(.help)
    let help = try #require(app.router.screen as? HelpModel)
    help.send(.licences)
    #expect(app.router.current.path.map(\.screen.name) == ["password-request", "help", "licences"])
    app.router.current.path.removeLast(2)
    #expect(app.router.screen?.name == "password-request")
    app.router.back()
    #expect(app.router.root == .page(.signIn(signIn)))
    app.router.back()
    #expect(app.router.screen?.name == "sign-in", "back at the root leads nowhere")
  }

  @Test func licencesOpenOneByOne() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    app.send(.help)
    let help = try #require(app.router.screen as? HelpModel)
    help.send(.licences)
    let list = try #require(app.router.screen as? LicencesModel)
    try await until { !list.licences.parts.isEmpty }
    list.send(.open(list.licences.parts[0]))
    let one = try #require(app.router.screen as? LicenceModel)
    #expect(one.part.name == "part" && one.texts == ["text"])
  }

  @Test func theDiagnosticIsCopiedAndSharedAsItIsShown() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    app.send(.help)
    let help = try #require(app.router.screen as? HelpModel)
    help.send(.diagnostic)
    let page = try #require(app.router.screen as? DiagnosticModel)
    let text = page.view.lines.joined(separator: "\n")
    #expect(!page.view.lines.isEmpty)
    page.send(.copy)
    page.send(.share)
    #expect(pockets.clipboard == text)
    #expect(app.router.current.toast?.text == app.core?.phrase(.copied))
    #expect(app.router.current.shared == .text(text))
    app.router.back()
    #expect(app.router.screen?.name == "help")
  }

  @Test func anotherLanguageIsSpokenAtOnceOnEveryScreen() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    let signIn = try #require(app.router.screen as? SignInModel)
    let before = signIn.form.view.title
    app.send(.help)
    signIn.send(.language)
    try await until { app.core?.language == .ar && signIn.form.view.title != before }
    #expect(app.router.current.path.count == 1)
  }

  @Test func theSheetThatSignsInAgainOpensInTheSpaceOnly() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    app.send(.notice(.signIn))
    #expect(app.router.current.sheet == nil)
  }

  @Test func aLinkWaitsWhileNobodyIsSignedIn() async throws {
    let app = AppModel(
      config: Config(dataDir: folder.path, portal: nowhere, appVersion: "0.1.0"),
      platform: Platform(device: "iPhone", language: "fr-MA", system: "ios"), system: pockets)
    app.send(.follow(url: "https://127.0.0.1:9/requests"))
    app.send(.open)
    try await until { !app.isRunning }
    app.send(.show(.services))
    #expect(app.router.screen?.name == "sign-in" && app.router.current.depth == 0)
  }

  @Test func aDocumentClosesWhenTheAppHasLeftTheScreen() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    app.router.current.document = URL(filePath: "/circular.pdf")
    await app.pause()
    #expect(app.router.current.document == nil)
  }

  @Test func aNoticesLinkIsHandedToThePhone() async throws {
    let app = try await app(in: folder, portal: nowhere, system: pockets)
    app.send(.notice(.update(link: "https://fos.test/ios")))
    #expect(pockets.links == ["https://fos.test/ios"])
  }
}

/// Nobody listens there.
let nowhere = "http://127.0.0.1:9"
