import FosCore
import Observation

/// Navigation of the app: the root screen of the stage, or the one that replaces it (maintenance, required update), and the
/// router of what is over it.
@MainActor @Observable public final class AppRouter {
  public private(set) var root = Root.opening

  private var stageRoot: Root?
  private var stageRouter = Router()
  private var blockingRouter = Router()
  /// Reads under way before the root screen shows, and before a page or a sheet does.
  @ObservationIgnored private var readingRoot: Task<Void, Never>?
  @ObservationIgnored private var readingPage: Task<Void, Never>?
  @ObservationIgnored private var stage: Stage?
  @ObservationIgnored private var link: DeepLink?

  /// The router of the root, or of the tab that shows.
  public var current: Router {
    switch root {
    case .space(let space): space.router(of: space.destination)
    case .page(.blocking): blockingRouter
    default: stageRouter
    }
  }

  public var screen: (any ScreenModel)? { current.screen ?? root.screen }

  /// True if going back stays in the app.
  public var canGoBack: Bool {
    screen?.question != nil || current.depth > 0 || root.space?.destination == .requests
  }

  /// True while a screen is read before it shows.
  public var isOpening: Bool { root == .opening || readingRoot != nil || readingPage != nil }

  /// Shows the core that is being opened, or that did not open.
  func show(_ root: Root) { self.root = root }

  /// Goes back one step: question, page, sheet, or to the first tab.
  public func back() {
    if let screen, screen.question != nil { return screen.answer(false) }
    if !current.back() { root.space?.show(.services) }
  }
}

// MARK: - Screens

extension AppRouter {
  var screens: [any ScreenModel] {
    let roots = root == stageRoot ? [root] : [stageRoot, root].compactMap(\.self)
    return roots.flatMap(\.screens) + routers.flatMap(\.screens)
  }

  private var routers: [Router] {
    let tabs = stageRoot?.space.map { [$0.router(of: .services), $0.router(of: .requests)] }
    return [stageRouter, blockingRouter] + (tabs ?? [])
  }

  /// Reads the changes on every screen. Under a request that is being filled in, the requests are read again once it is left
  /// and not while they change with every word.
  func update(_ changes: Set<Change>) {
    let fills = routers.flatMap(\.path).contains {
      if case .requestForm = $0 { true } else { false }
    }
    let changes = fills ? changes.subtracting([.requests]) : changes
    for screen in screens { screen.update(changes) }
  }

  /// Shows the first screen of the stage where it has changed, or what blocks the app; then the page of a link that waits.
  func showStage(in environment: AppEnvironment) {
    let core = environment.core
    if stage != core.stage {
      stage = core.stage
      for router in routers { router.close() }
      for screen in stageRoot?.screens ?? [] { screen.didClose() }
      stageRoot = Root(of: core.stage, environment)
    }
    if core.blockingScreen != nil {
      block(environment)
    } else if let stageRoot, root != stageRoot {
      show(stageRoot, environment)
    } else if let space = root.space, let link, !space.services.isFirstFetch {
      self.link = nil
      show(link, in: space, environment)
    }
  }

  private func block(_ environment: AppEnvironment) {
    if root.isBlocking { return }
    blockingRouter = Router(path: stageRouter.path.filter(\.isHelp))
    root = .page(.blocking(BlockingModel(environment)))
  }

  private func show(_ first: Root, _ environment: AppEnvironment) {
    read(first.screens, as: \.readingRoot) { [self] in
      guard first == stageRoot, environment.core.blockingScreen == nil else { return }
      if root.isBlocking {
        // Help that was opened meanwhile stays.
        stageRouter.path = stageRouter.path.filter { !$0.isHelp } + blockingRouter.path
      }
      root = first
      showStage(in: environment)
    }
  }

  /// Shows what the screens are of once they are read, so that the first frame has what is stored. What is asked for last is
  /// what shows.
  private func read(
    _ screens: [any ScreenModel],
    as reading: ReferenceWritableKeyPath<AppRouter, Task<Void, Never>?> = \.readingPage,
    show: @escaping () -> Void
  ) {
    self[keyPath: reading]?.cancel()
    self[keyPath: reading] = nil
    let unread = screens.filter(\.isReading)
    guard !unread.isEmpty else { return show() }
    self[keyPath: reading] = Task {
      for screen in unread { await screen.waitUntilRead() }
      guard !Task.isCancelled else { return }
      self[keyPath: reading] = nil
      show()
    }
  }
}

// MARK: - Links

extension AppRouter {
  /// Shows the page of a link once the member is in the space. It files, sends and changes nothing.
  func show(_ link: DeepLink, in environment: AppEnvironment?) {
    self.link = link
    if let environment { showStage(in: environment) }
  }

  private func show(_ link: DeepLink, in space: SpaceModel, _ environment: AppEnvironment) {
    switch link {
    case .services: space.show(.services)
    case .requests: space.show(.requests)
    case .service(let id):
      space.show(.services)
      push(.service(ServiceModel(id, environment)))
    case .request(let id):
      space.show(.requests)
      push(.request(RequestModel(id, environment)))
    }
  }
}

// MARK: - Pages

extension AppRouter {
  /// Pushes onto the stack in front, or shows the page in place of all that are there; clears the errors of the covered screen.
  func push(_ page: Page, replacing: Bool = false) {
    let router = current.front
    screen?.clearErrors()
    let path = router.path
    read([page.screen]) { [self] in
      if router == current.front, router.path == path {
        router.path = (replacing ? [] : path) + [page.replacement ?? page]
      }
    }
  }

  func present(_ sheet: Page) {
    let router = current
    read([sheet.screen]) { [self] in if router == current { router.sheet = sheet } }
  }

  func show(_ destination: TopLevelDestination) { root.space?.show(destination) }

  /// Closes a submitted form and confirms it; one that changed the stage is closed by that.
  func didSubmit(_ form: FormModel, _ outcome: SubmitOutcome, in environment: AppEnvironment) {
    switch outcome {
    case .nextSection: break
    case .done(let message):
      if case .signInAgain(let open) = current.front.sheet, open.name == form.name {
        // Also a sheet that was put away meanwhile and opened again: it has another model, and the same end.
        back()
      } else if current.front.path.last == .form(form) {
        back()
        current.front.toast = message.map { Toast(text: $0) }
      }
    case .filed(let id, let message): showFiled(form, RequestModel(id, environment), message)
    case .queued(let message): showFiled(form, nil, message)
    }
  }

  /// Shows the list of requests and, if it is on file, the page of the request.
  private func showFiled(_ form: FormModel, _ request: RequestModel?, _ message: String) {
    guard case .requestForm(let page) = current.path.last, page.form == form else { return }
    read([request].compactMap(\.self)) { [self] in
      show(.requests)
      if let request { current.path = [.request(request)] }
      current.toast = Toast(text: message)
    }
  }
}
