import FosCore
import FosKit
import QuickLook
import SwiftUI

/// Screen of the stage, the pages over it, and the sheets over those.
struct RootView: View {
  let app: AppModel

  var body: some View {
    Group {
      switch app.router.root {
      case .opening:
        EmptyState(text: "").background(Tokens.surface).accessibilityIdentifier("opening")
      case .page(let page): RouterView(router: app.router.current) { PageScreen(page: page) }
      case .space(let space): SpaceScreen(space: space)
      }
    }
    .environment(app)
    .privacyCover()
    .screenEnvironment(app)
    .syncsLanguageWithSettings(app)
  }
}

/// A root screen with the pages, the sheets and the toast of its router.
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
          root.transformEnvironment(\.screenEnvironment) {
            // The page beside it shows the toast.
            if !router.path.isEmpty { $0.toast = nil }
          }
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
    .modifier(ToastModifier(toast: $router.toast))
    .sheet(item: $router.sheet) { sheet in
      SheetScreen(sheet: sheet).privacyCover().screenEnvironment(app)
    }
    .sheet(item: $router.shared) { ShareSheet(item: $0).ignoresSafeArea().privacyCover() }
    .quickLookPreview($router.document)
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
    guard now.count > was.count else { return false }
    switch (was.last, now.last) {
    case (.start, _): return false
    case (_, .start), (_, .requestForm): return true
    default: return false
    }
  }
}

private struct SheetScreen: View {
  let sheet: Page

  var body: some View {
    if case .profile(let model) = sheet {
      RouterView(router: model.pages) { PageScreen(page: sheet) }
    } else {
      NavigationStack { PageScreen(page: sheet) }
    }
  }
}

/// View of a page: its screen, with the values of its model.
private struct PageScreen: View {
  let page: Page

  var body: some View {
    switch page {
    case .failed(let model):
      OpeningFailedScreen(
        failure: model.failure, asking: model.asking, send: model.send, answer: model.answer)
    case .blocking(let model):
      BlockingScreen(state: ScreenState(model, view: model.view), send: model.send)
    case .signIn(let model):
      SignInScreen(
        welcome: model.view, form: model.form.view, problem: model.problem,
        working: model.form.sending.isRunning, secret: { model.form.secrets[$0] },
        focusRequest: model.form.focusRequest, send: model.send, type: model.form.send)
    case .mailSent(let model):
      // Its countdown is drawn once a second.
      TimelineView(.periodic(from: .now, by: 1)) { _ in
        let read = model.read
        MailSentScreen(
          state: ScreenState(
            model, view: read.view, unavailableReason: read.problem,
            working: model.asking.isRunning),
          correcting: model.correcting.isRunning, send: model.send)
      }
    case .charter(let model):
      CharterScreen(
        name: model.name,
        state: ScreenState(
          model, view: model.view,
          working: (model.view == nil ? model.reading : model.accepting).isRunning),
        finished: model.finished, refusing: model.refusing.isRunning, send: model.send
      )
      .id(model.view?.edition)
    case .form(let model): FormScreen(model: model)
    case .service(let model): ServiceScreen(state: ScreenState(model), send: model.send)
    case .start(let model): StartRequestScreen(state: ScreenState(model), send: model.send)
    case .requestForm(let model):
      if let form = model.form {
        FormScreen(model: form, showsHelp: false)
      } else {
        RequestFormPlaceholder(state: ScreenState(model, view: nil), send: model.send)
      }
    case .options(let model):
      OptionsScreen(
        key: model.key, label: model.label, found: model.found, search: Bindable(model).search,
        send: model.send)
    case .request(let model):
      RequestScreen(
        state: ScreenState(model, working: model.fetching.isRunning),
        sharing: model.sharing.isRunning, send: model.send)
    case .queued(let model): QueuedRequestScreen(state: ScreenState(model), send: model.send)
    case .profile(let model):
      ProfileScreen(
        state: ScreenState(model, working: model.leaving.isRunning), send: model.send)
    case .signInAgain(let model): SignInAgainScreen(model: model)
    case .signOut(let model):
      SignOutScreen(
        state: ScreenState(model, view: model.view, unavailableReason: model.read.problem),
        answer: model.answer, send: model.send)
    case .devices(let model):
      DevicesScreen(state: ScreenState(model, view: model.view), send: model.send)
    case .help(let model): HelpScreen(view: model.view, send: model.send)
    case .privacy(let model): PrivacyScreen(view: model.view)
    case .diagnostic(let model): DiagnosticScreen(view: model.view, send: model.send)
    case .licences(let model):
      LicencesScreen(title: model.title, licences: model.licences.parts, send: model.send)
    case .licence(let model):
      LicenceScreen(title: model.title, part: model.part, texts: model.texts)
    }
  }
}
