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
      if case .space(let space) = app.router.root {
        SpaceScreen(space: space)
      } else {
        RouterView(router: app.router.current) { RootScreen(root: app.router.root) }
      }
    }
    .environment(app)
    .sheet(item: $phone.shared) { ShareSheet(item: $0.item).ignoresSafeArea().privacyCover() }
    .privacyCover()
    .screenEnvironment(app)
    .quickLookPreview($phone.document)
    // Quick Look is above the privacy cover: it closes before the app switcher's snapshot.
    .onChange(of: phase) { _, now in if now != .active { phone.document = nil } }
    .syncsLanguageWithSettings(app)
  }
}

/// A root screen with the pages, the sheet and the toast of its router.
struct RouterView<Root: View>: View {
  @Bindable var router: Router
  /// True if the pages show beside the root where there is room.
  var isSplit = false
  @ViewBuilder let root: Root
  @Environment(AppModel.self) private var app
  @Environment(\.horizontalSizeClass) private var width

  var body: some View {
    Group {
      if isSplit, width == .regular {
        NavigationSplitView {
          root
        } detail: {
          detail
        }
      } else {
        NavigationStack(path: $router.path) {
          root.navigationDestination(for: Page.self) {
            PageScreen(page: $0).toolbar(.hidden, for: .tabBar)
          }
        }
      }
    }
    .toast($router.toast)
    .sheet(item: $router.sheet) { sheet in
      SheetScreen(sheet: sheet).privacyCover().screenEnvironment(app)
    }
    .sensoryFeedback(.impact, trigger: router.path, condition: started)
  }

  private var detail: some View {
    NavigationStack(path: $router.pathOverFirst) {
      Group {
        if let first = router.path.first {
          PageScreen(page: first).id(first)
        } else {
          EmptyState(text: "").background(Tokens.surface)
        }
      }
      .navigationDestination(for: Page.self) { PageScreen(page: $0) }
    }
  }

  private func started(_ was: [Page], _ now: [Page]) -> Bool {
    guard now.count > was.count, case .start = now.last else { return false }
    return true
  }
}

private struct RootScreen: View {
  let root: Root

  var body: some View {
    switch root {
    case .opening:
      EmptyState(text: "").background(Tokens.surface).accessibilityIdentifier("opening")
    case .failed(let model):
      OpeningFailedScreen(
        failure: model.failure, asking: model.asking, send: model.send, answer: model.answer)
    case .blocking(let model):
      if let view = model.view {
        BlockingScreen(
          view: view, problem: model.problem, working: model.isRunning, send: model.send)
      }
    case .signIn(let model): SignInScreen(model: model)
    case .mailSent(let model): MailSentScreen(model: model)
    case .charter(let model): CharterScreen(model: model)
    case .newPassword(let model): FormScreen(model: model)
    case .space: EmptyView()
    }
  }
}

/// View of a pushed page: its screen, with the values of its model.
private struct PageScreen: View {
  let page: Page

  var body: some View {
    switch page {
    case .passwordRequest(let model), .changePassword(let model): FormScreen(model: model)
    case .signIn(let model): SignInScreen(model: model)
    case .service(let model):
      ServiceScreen(
        view: model.read.view, unavailableReason: model.read.problem, problem: model.problem,
        fetching: model.fetching.isRunning, send: model.send)
    case .start(let model):
      StartRequestScreen(
        view: model.read.view, unavailableReason: model.read.problem, problem: model.problem,
        discardingDraft: model.discardingDraft.isRunning, question: model.question,
        send: model.send)
    case .requestForm(let model): RequestFormScreen(model: model)
    case .options(let model):
      OptionsScreen(
        key: model.key, label: model.label, found: model.found, search: Bindable(model).search,
        send: model.send)
    case .request(let model):
      RequestScreen(
        view: model.read.view, unavailableReason: model.read.problem, problem: model.problem,
        fetching: model.fetching.isRunning, sharing: model.sharing.isRunning, send: model.send)
    case .queued(let model):
      QueuedRequestScreen(
        view: model.read.view, unavailableReason: model.read.problem, problem: model.problem,
        editing: model.returningToDraft.isRunning, question: model.question, send: model.send)
    case .signOut(let model):
      SignOutScreen(
        view: model.view, problem: model.problem ?? model.read.problem,
        sending: model.sending.isRunning, keeping: model.keeping.isRunning,
        erasing: model.erasing.isRunning, send: model.send)
    case .devices(let model):
      DevicesScreen(
        view: model.view, problem: model.problem, working: model.isRunning, send: model.send)
    case .charterReading(let model): CharterScreen(model: model)
    case .help(let model): HelpScreen(view: model.view, send: model.send)
    case .privacy(let model): PrivacyScreen(view: model.view)
    case .diagnostic(let model): DiagnosticScreen(view: model.view, send: model.send)
    case .licences(let model):
      LicencesScreen(title: model.title, licences: model.licences, send: model.send)
    case .licence(let model): LicenceScreen(title: model.title, licence: model.licence)
    }
  }
}

private struct SheetScreen: View {
  let sheet: Sheet

  var body: some View {
    switch sheet {
    case .profile(let model, let pages):
      RouterView(router: pages) {
        ProfileScreen(
          view: model.read.view, problem: model.problem ?? model.read.problem,
          leaving: model.leaving.isRunning, send: model.send)
      }
    case .signInAgain(let model): NavigationStack { SignInAgainScreen(model: model) }
    }
  }
}
