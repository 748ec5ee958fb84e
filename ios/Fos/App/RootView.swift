import FosCore
import FosKit
import QuickLook
import SwiftUI

/// Screen of the stage, the pages over it, and the sheets over those.
struct RootView: View {
  let app: AppModel
  @Bindable var phone: Phone
  @Environment(\.scenePhase) private var phase

  var body: some View {
    Group {
      if case .space(let space) = app.root {
        SpaceScreen(space: space, app: app)
      } else {
        NavigationStack(path: app.pagesShown(app.path)) {
          RootScreen(app: app).navigationDestination(for: Page.self) { PageScreen(page: $0) }
        }
        .saying(app, here: app.sheets.isEmpty)
      }
    }
    .sheet(item: app.sheetShown(0)) { SheetScreen(sheet: $0, app: app) }
    .sheet(item: $phone.shared) { ShareSheet(item: $0.item).ignoresSafeArea().covered() }
    .sensoryFeedback(.impact, trigger: app.path, condition: started)
    .covered()
    .within(app)
    .quickLookPreview($phone.document)
    // The system's reader lies over the cover: it closes before the list of apps can show what it reads.
    .onChange(of: phase) { _, now in if now != .active { phone.document = nil } }
    .inSettings(app)
  }

  /// Returns true if «+» has led to one more page.
  private func started(_ was: [Page], _ now: [Page]) -> Bool {
    guard now.count > was.count, case .start = now.last else { return false }
    return true
  }
}

/// The screen of the stage, outside the space.
private struct RootScreen: View {
  let app: AppModel

  var body: some View {
    switch app.root {
    case .opening:
      QuietState(text: "").background(Tokens.surface).accessibilityIdentifier("opening")
    case .failed(let model): OpeningFailedScreen(model: model)
    case .gate(let model): GateScreen(model: model)
    case .signIn(let model): SignInScreen(model: model)
    case .mailSent(let model): MailSentScreen(model: model)
    case .charter(let model): CharterScreen(model: model)
    case .newPassword(let model): FormScreen(model: model)
    case .space: EmptyView()
    }
  }
}

/// A page over it, or over a place of the space.
struct PageScreen: View {
  let page: Page

  var body: some View {
    switch page {
    case .passwordRequest(let model), .changePassword(let model): FormScreen(model: model)
    case .signIn(let model): SignInScreen(model: model)
    case .service(let model): ServiceScreen(model: model)
    case .start(let model): StartScreen(model: model)
    case .requestForm(let model): RequestFormScreen(model: model)
    case .options(let model): OptionsScreen(model: model)
    case .request(let model): RequestScreen(model: model)
    case .queued(let model): QueuedScreen(model: model)
    case .signOut(let model): LeavingScreen(model: model)
    case .devices(let model): DevicesScreen(model: model)
    case .charterReading(let model): CharterScreen(model: model)
    case .help(let model): HelpScreen(model: model)
    case .privacy(let model): PrivacyScreen(model: model)
    case .diagnostic(let model): DiagnosticScreen(model: model)
    case .licences(let model): LicencesScreen(model: model)
    case .licence(let model): LicenceScreen(model: model)
    }
  }
}

/// A sheet, with what lies over it in its turn.
private struct SheetScreen: View {
  let sheet: Sheet
  let app: AppModel

  var body: some View {
    Group {
      switch sheet {
      case .profile(let model):
        NavigationStack(path: app.pagesShown(app.profilePath)) {
          ProfileScreen(model: model).navigationDestination(for: Page.self) { PageScreen(page: $0) }
        }
        .sheet(item: app.sheetShown(1)) { SheetScreen(sheet: $0, app: app) }
      case .signInAgain(let model):
        NavigationStack { SignInAgainScreen(model: model) { app.send(.dismiss(sheet)) } }
      }
    }
    .saying(app, here: app.sheets.last == sheet)
    .covered()
    .within(app)
  }
}

extension AppModel {
  /// These pages, for the stack that shows them: swiped away, they are left.
  func pagesShown(_ pages: [Page]) -> Binding<[Page]> {
    Binding(pages) { self.send(.pop(to: $0.count)) }
  }

  /// The sheet at this height; pulled down, it is put away.
  fileprivate func sheetShown(_ height: Int) -> Binding<Sheet?> {
    let sheet = sheets.dropFirst(height).first
    return Binding(sheet) { if $0 == nil, let sheet { self.send(.dismiss(sheet)) } }
  }
}
