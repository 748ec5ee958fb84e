import FosCore
import Observation

/// Root model: opens the core; holds the root screen, navigation paths, sheets and toast.
@MainActor @Observable public final class AppModel {
  /// Actions of the member on any screen.
  public enum Action {
    /// Opens the core, or tries again.
    case open
    /// Flushes what is not written yet: the app has left the screen.
    case pause
    /// Refreshes: the app is back on the screen.
    case resume
    /// Goes back one step: question, page, sheet, or to the first tab.
    case back
    /// Pops the visible stack to this number of pages.
    case pop(to: Int)
    /// To a destination of the tab bar.
    case show(TopLevelDestination)
    /// Closes this sheet, and what is over it.
    case dismiss(Sheet)
    /// Help, from any screen.
    case help
    /// Button of a notice.
    case notice(NoticeAction)
    /// Changes the language of the app.
    case setLanguage(Language)
    /// Removes the toast.
    case dismissToast
  }

  /// Screen at the root.
  public private(set) var root = Root.opening
  /// Presented sheets, the lowest first: the profile, then the one that signs in again.
  public private(set) var sheets: [Sheet] = []
  /// Pages pushed inside the profile's sheet.
  public private(set) var profilePath: [Page] = []
  /// Text of the toast: confirmation of the last action, or the error that changed the stage.
  public private(set) var toast: String?
  /// The open core; `nil` until it is open.
  public private(set) var core: CoreState?

  /// Pages pushed over the root. While the app is blocked, help pages alone.
  public var path: [Page] {
    if case .blocking = root { pages.filter(\.isHelp) } else { pages }
  }

  /// Problem of rechecking what blocks the app, or of another language.
  public var problem: String? { actions.compactMap(\.problem).first }

  private var pages: [Page] = [] {
    didSet { if fills(oldValue), !fills(pages) { updateScreens([.requests]) } }
  }
  private var actions: [AsyncAction] = []
  @ObservationIgnored private var stageRoot: Root?
  @ObservationIgnored private var stage: Stage?
  @ObservationIgnored private var changes: Changes?
  @ObservationIgnored private let config: Config
  @ObservationIgnored private let platform: Platform
  @ObservationIgnored private let system: any SystemServices
  @ObservationIgnored private let touchClock: () -> UInt64
  @ObservationIgnored private let opener: CoreOpener

  /// Begins closed: ``Action/open`` opens the core, off the main actor. `touchClock` is a monotonic clock, in ms.
  public convenience init(
    config: Config, platform: Platform, system: any SystemServices,
    touchClock: @escaping () -> UInt64 = TapGate.clock()
  ) {
    self.init(config, platform, system, touchClock, opener: OpenedCore.open)
  }

  init(
    _ config: Config, _ platform: Platform, _ system: any SystemServices,
    _ touchClock: @escaping () -> UInt64, opener: @escaping CoreOpener
  ) {
    self.touchClock = touchClock
    self.opener = opener
    self.config = config
    self.platform = platform
    self.system = system
  }

  deinit {
    changes?.stop()
  }

  /// Handles an action of the member.
  public func send(_ action: Action) {
    switch action {
    case .open: open(withNewFiles: false)
    case .pause: pause()
    case .resume: resume()
    case .back: back()
    case .pop(let count): pop(to: count)
    case .show(let destination): show(destination)
    case .dismiss(let sheet): dismiss(sheet)
    case .help: navigate(to: .help)
    case .notice(let action): follow(action)
    case .setLanguage(let language): setLanguage(language)
    case .dismissToast: toast = nil
    }
  }
}

// MARK: - Visible screen

extension AppModel {
  /// The screen on top.
  public var screen: (any ScreenModel)? {
    guard let sheet = sheets.last else { return path.last?.screen ?? root.screen }
    guard case .profile = sheet else { return sheet.screen }
    return profilePath.last?.screen ?? sheet.screen
  }

  /// True if going back stays in the app.
  public var canGoBack: Bool {
    screen?.question != nil || !sheets.isEmpty || !path.isEmpty || space?.destination == .requests
  }

  /// The pages over a destination of the space. The bar shows where no page does, so whoever goes to another destination leaves none
  /// behind: all belong to the destination that shows.
  public func path(of destination: TopLevelDestination) -> [Page] {
    space?.destination == destination ? path : []
  }

  private var space: SpaceModel? {
    if case .space(let space) = root { space } else { nil }
  }

  /// True while an action runs.
  public var isRunning: Bool {
    root == .opening || actions.contains { $0.isRunning } || screens.contains { $0.isRunning }
  }

  private var screens: [any ScreenModel] {
    let roots = root == stageRoot ? [root] : [stageRoot, root].compactMap(\.self)
    return roots.flatMap { $0.screens }
      + (pages + profilePath).map(\.screen) + sheets.map(\.screen)
  }
}

// MARK: - Lifecycle

extension AppModel {
  private func open(withNewFiles: Bool) {
    guard core == nil else { return }
    root = .opening
    Task {
      do {
        opened(try await opener(config, platform, withNewFiles))
      } catch {
        let failure = OpeningFailure(error, config)
        let again = { [weak self] in _ = self?.open(withNewFiles: $0) }
        root = .failed(OpeningFailedModel(failure, system: system, open: again))
      }
    }
  }

  private func opened(_ opened: OpenedCore) {
    let core = CoreState(opened, system: system, touchClock: touchClock)
    core.navigate = { [weak self] in self?.navigate(to: $0) }
    core.showToast = { [weak self] in self?.toast = $0 }
    core.onRead = { [weak self] in self?.showStage() }
    self.core = core
    actions = [AsyncAction(core), AsyncAction(core)]
    showStage()
    let changes = Changes(of: core.fos)
    self.changes = changes
    Task { [weak self] in
      for await change in changes { self?.update(change) }
    }
  }

  private func pause() {
    core?.isInBackground = true
    core?.fos.pause()
  }

  private func resume() {
    guard let core, core.isInBackground else { return }
    core.isInBackground = false
    core.fos.resume()
  }

  private func update(_ changes: Set<Change>) {
    core?.update(changes)
    updateScreens(fills(pages) ? changes.subtracting([.requests]) : changes)
  }

  private func updateScreens(_ changes: Set<Change>) {
    for screen in screens { screen.update(changes) }
  }

  /// Returns true if a request is being filled in: pages under its form read the requests again once that is left, and not
  /// while they change with every word.
  private func fills(_ pages: [Page]) -> Bool {
    pages.contains { if case .requestForm = $0 { true } else { false } }
  }

  private func follow(_ action: NoticeAction) {
    switch action {
    case .signIn: navigate(to: .signInAgain)
    case .update(let link): system.open(link: link)
    case .recheck:
      guard let core else { return }
      actions.first?.run { [weak self] in
        try await core.fos.recheck()
        // The cause of the screen's error may be gone.
        self?.screen?.clearErrors()
      }
    }
  }

  private func setLanguage(_ language: Language) {
    guard let core else { return }
    actions.last?.run { try await core.setLanguage(language) }
  }
}

// MARK: - Stages

extension AppModel {
  /// Shows the first screen of the stage where it has changed, and what blocks the app.
  private func showStage() {
    guard let core else { return }
    if stage != core.stage {
      stage = core.stage
      for screen in stageRoot?.screens ?? [] { screen.didClose() }
      clear()
      stageRoot = first(of: core.stage, core)
    }
    switch (root, core.blockingScreen, stageRoot) {
    case (.blocking, .some, _): break
    case (_, .some, _): root = .blocking(BlockingModel(core))
    case (_, nil, let first?) where root != first: root = first
    default: break
    }
  }

  private func first(of stage: Stage, _ core: CoreState) -> Root {
    switch stage {
    case .welcome: .signIn(SignInModel(core))
    case .passwordSent: .mailSent(MailSentModel(core))
    case .charter: .charter(CharterModel(core, due: true))
    case .newPassword: .newPassword(FormModel(core.fos.access().newPassword(), core))
    case .space: .space(SpaceModel(core))
    }
  }

  private func clear() {
    toast = nil
    dismissAll()
    leavePages()
  }
}

// MARK: - Navigation

extension AppModel {
  private func navigate(to route: Route) {
    guard let core else { return }
    let access = core.fos.access()
    toast = nil
    switch route {
    case .passwordRequest:
      // Who came from the mail's screen goes back to it: a password was asked for already.
      if case .signIn = pages.last { return back() }
      push(.passwordRequest(FormModel(access.passwordRequest(), core)))
    case .signIn: push(.signIn(SignInModel(core)))
    case .service(let id): push(.service(ServiceModel(id, core)))
    case .start(let id): push(.start(StartRequestModel(id, core)))
    case .destination(let destination): show(destination)
    case .requestForm(let service): push(.requestForm(RequestFormModel(service, core)))
    case .options(let form, let key): push(.options(OptionsModel(of: key, in: form, core)))
    case .request(let id): push(.request(RequestModel(id, core)))
    case .queued(let key): push(.queued(QueuedRequestModel(key, core)))
    case .edit(let service):
      back()
      push(.requestForm(RequestFormModel(service, core)))
    case .signOut(let asked): push(.signOut(SignOutModel(asked, core)))
    case .asked(let model): if profilePath.last == .signOut(model) { profilePath.removeLast() }
    case .devices: push(.devices(DevicesModel(core)))
    case .changePassword: push(.changePassword(FormModel(access.changePassword(), core)))
    case .charter: push(.charterReading(CharterModel(core, due: false)))
    case .help: push(.help(HelpModel(core)))
    case .privacy: push(.privacy(PrivacyModel(core)))
    case .diagnostic: push(.diagnostic(DiagnosticModel(core)))
    case .licences: push(.licences(LicencesModel(core)))
    case .licence(let licence): push(.licence(LicenceModel(licence, core)))
    case .profile: sheets = [.profile(ProfileModel(core))]
    case .signInAgain: signInAgain(core)
    case .back: back()
    case .sent(let form, let outcome): leave(form, outcome)
    }
  }

  /// Closes a submitted form and confirms it; one that changed the stage is closed by that.
  private func leave(_ form: FormModel, _ outcome: SubmitOutcome) {
    switch outcome {
    case .nextSection: break
    case .done(let message):
      if case .signInAgain(let open) = sheets.last, open.name == form.name {
        // Also a sheet that was put away meanwhile and opened again: it has another model, and the same end.
        back()
      } else if profilePath.last == .changePassword(form) {
        back()
        toast = message
      }
    case .filed(let id, let message): showFiled(form, id, message)
    case .queued(let message): showFiled(form, nil, message)
    }
  }

  /// Shows the list of requests and, if the request is on file (`id`), its page.
  private func showFiled(_ form: FormModel, _ id: String?, _ message: String) {
    guard case .requestForm(let page) = pages.last, page.form == form else { return }
    show(.requests)
    if let core, let id { pages = [.request(RequestModel(id, core))] }
    toast = message
  }

  private func show(_ destination: TopLevelDestination) {
    toast = nil
    leavePages()
    space?.show(destination)
  }

  /// Pushes onto the profile's stack if its sheet is open, else onto the root's; clears the errors of the covered screen.
  private func push(_ page: Page) {
    screen?.clearErrors()
    if case .profile = sheets.first { profilePath.append(page) } else { pages.append(page) }
  }

  /// Presents the sheet unless it is open; only to a signed-in member, since in other stages an ended session leads to sign-in.
  private func signInAgain(_ core: CoreState) {
    if case .signInAgain = sheets.last { return }
    guard core.stage == .space else { return }
    sheets.append(.signInAgain(FormModel(core.fos.access().signInAgain(), core)))
  }

  private func back() {
    toast = nil
    if let screen, screen.question != nil { return screen.answer(false) }
    if let sheet = sheets.last {
      guard case .profile = sheet, !profilePath.isEmpty else { return dismiss(sheet) }
      profilePath.removeLast().screen.didClose()
    } else if !path.isEmpty {
      pages.removeLast().screen.didClose()
    } else if space?.destination == .requests {
      show(.services)
    }
  }

  private func pop(to count: Int) {
    toast = nil
    if sheets.isEmpty {
      while path.count > count { pages.removeLast().screen.didClose() }
    } else {
      while profilePath.count > count { profilePath.removeLast().screen.didClose() }
    }
  }

  private func dismiss(_ sheet: Sheet) {
    guard let destination = sheets.firstIndex(of: sheet) else { return }
    for sheet in sheets[destination...] { sheet.screen.didClose() }
    sheets.removeSubrange(destination...)
    if sheets.isEmpty { leaveProfilePath() }
  }

  private func dismissAll() {
    for sheet in sheets { sheet.screen.didClose() }
    sheets = []
    leaveProfilePath()
  }

  private func leavePages() {
    for page in pages { page.screen.didClose() }
    pages = []
  }

  private func leaveProfilePath() {
    for page in profilePath { page.screen.didClose() }
    profilePath = []
  }
}
