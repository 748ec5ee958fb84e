import FosCore
import FosKit
import QuickLook
import SwiftUI

/// Screen of the stage, the pages over it, and the sheets over those.
struct RootView: View {
  let app: AppModel
  @Bindable var phone: DeviceServices
  @Environment(\.scenePhase) private var phase

  var body: some View {
    Group {
      if case .space(let space) = app.root {
        SpaceScreen(space: space, app: app)
      } else {
        NavigationStack(path: app.pathBinding(app.path)) {
          RootScreen(app: app).navigationDestination(for: Page.self) { PageScreen(page: $0) }
        }
        .toast(of: app, isVisible: app.sheets.isEmpty)
      }
    }
    .sheet(item: app.sheetBinding(at: 0)) { SheetScreen(sheet: $0, app: app) }
    .sheet(item: $phone.shared) { ShareSheet(item: $0.item).ignoresSafeArea().privacyCover() }
    .sensoryFeedback(.impact, trigger: app.path, condition: started)
    .privacyCover()
    .appEnvironment(app)
    .quickLookPreview($phone.document)
    // Quick Look is above the privacy cover: it closes before the app switcher's snapshot.
    .onChange(of: phase) { _, now in if now != .active { phone.document = nil } }
    .syncsLanguageWithSettings(app)
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
      EmptyState(text: "").background(Tokens.surface).accessibilityIdentifier("opening")
    case .failed(let model): OpeningFailedScreen(model: model)
    case .blocking(let model): BlockingScreen(model: model)
    case .signIn(let model): SignInScreen(model: model)
    case .mailSent(let model): MailSentScreen(model: model)
    case .charter(let model): CharterScreen(model: model)
    case .newPassword(let model): FormScreen(model: model)
    case .space: EmptyView()
    }
  }
}

/// View of a pushed page.
struct PageScreen: View {
  let page: Page

  var body: some View {
    switch page {
    case .passwordRequest(let model), .changePassword(let model): FormScreen(model: model)
    case .signIn(let model): SignInScreen(model: model)
    case .service(let model): ServiceScreen(model: model)
    case .start(let model): StartRequestScreen(model: model)
    case .requestForm(let model): RequestFormScreen(model: model)
    case .options(let model): OptionsScreen(model: model)
    case .request(let model): RequestScreen(model: model)
    case .queued(let model): QueuedRequestScreen(model: model)
    case .signOut(let model): SignOutScreen(model: model)
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

/// View of a sheet, and of the sheet over it.
private struct SheetScreen: View {
  let sheet: Sheet
  let app: AppModel

  var body: some View {
    Group {
      switch sheet {
      case .profile(let model):
        NavigationStack(path: app.pathBinding(app.profilePath)) {
          ProfileScreen(model: model).navigationDestination(for: Page.self) { PageScreen(page: $0) }
        }
        .sheet(item: app.sheetBinding(at: 1)) { SheetScreen(sheet: $0, app: app) }
      case .signInAgain(let model):
        NavigationStack { SignInAgainScreen(model: model) { app.send(.dismiss(sheet)) } }
      }
    }
    .toast(of: app, isVisible: app.sheets.last == sheet)
    .privacyCover()
    .appEnvironment(app)
  }
}

extension AppModel {
  /// Binding for a navigation stack; a swipe back pops in the model.
  func pathBinding(_ pages: [Page]) -> Binding<[Page]> {
    Binding(pages) { self.send(.pop(to: $0.count)) }
  }

  /// Binding for the sheet at this level; a swipe down dismisses it in the model.
  fileprivate func sheetBinding(at height: Int) -> Binding<Sheet?> {
    let sheet = sheets.dropFirst(height).first
    return Binding(sheet) { if $0 == nil, let sheet { self.send(.dismiss(sheet)) } }
  }
}
