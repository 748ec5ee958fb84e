import FosCore
import Foundation
import Testing

@testable import FosKit

/// The page of a core that does not open, for each reason.
@MainActor struct OpeningTests {
  private let folder = Folder()
  private let pockets = SystemServicesSpy()

  @Test func unreadableFilesAreSetAsideOnlyWhenTheMemberHasConfirmed() async throws {
    try make(directory: "device.db")
    let app = model()
    for _ in 1...2 {
      app.send(.open)
      #expect(app.router.root == .opening)
      try await until { !app.isRunning }
    }
    let page = try failed(app)
    #expect(page.failure.code == "0.1.0-I-O-DATABASE")
    #expect(page.failure.reason?.contains("Rien n’est effacé") == true)
    page.send(.copy)
    #expect(pockets.clipboard == page.failure.code)
    page.answer(true)
    #expect(try failed(app) === page, "no answer before the question")
    page.send(.openWithNewFiles)
    #expect(page.asking)
    page.answer(false)
    #expect(try failed(app) === page && !page.asking)
    page.send(.openWithNewFiles)
    page.answer(true)
    try await until { app.core?.stage == .welcome }
    #expect(exists("set-aside-1/device.db"), "the old file is kept")
  }

  @Test func aFailingKeyStoreLeavesTheFilesWhereTheyAre() async throws {
    try make(directory: "device.db")
    try Data().write(to: URL(filePath: folder.path + "/vault"))
    let app = model()
    app.send(.open)
    try await until { !app.isRunning }
    let page = try failed(app)
    #expect(page.failure.code == "0.1.0-I-O-VAULT")
    page.send(.openWithNewFiles)
    page.answer(true)
    try await until { !app.isRunning }
    #expect(try failed(app).failure.code == "0.1.0-I-O-VAULT")
    #expect(exists("device.db"), "nothing was moved")
  }

  @Test func anErrorOfTheBindingsHasACodeAndCannotBeSetAside() async throws {
    let app = model { _, _, _ in throw BindingsError() }
    app.send(.open)
    try await until { !app.isRunning }
    let page = try failed(app)
    #expect(
      page.failure
        == OpeningFailure(reason: nil, code: "0.1.0-I-O-INTERNAL", canOpenWithNewFiles: false))
    page.send(.openWithNewFiles)
    #expect(!page.asking)
    page.send(.retry)
    #expect(app.router.root == .opening)
    try await until { !app.isRunning }
  }

  private struct BindingsError: Error {}

  private func model(opener: @escaping CoreOpener = OpenedCore.open) -> AppModel {
    AppModel(
      Config(dataDir: folder.path, portal: nowhere, appVersion: "0.1.0"),
      Platform(device: "iPhone", language: "fr-MA", system: "ios"), pockets, TapGate.clock(),
      opener: opener)
  }

  private func failed(_ app: AppModel) throws -> OpeningFailedModel {
    try #require(app.router.screen as? OpeningFailedModel)
  }

  private func make(directory: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/" + directory, withIntermediateDirectories: true)
  }

  private func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path + "/" + file)
  }
}
