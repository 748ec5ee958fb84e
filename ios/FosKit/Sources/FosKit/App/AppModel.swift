import FosCore
import Observation

/// The whole app: where the member stands, and the screens that lie over it.
@MainActor @Observable public final class AppModel {
  /// Actions of the member on any screen.
  public enum Action {
    /// Opens the core, or tries again.
    case open
    /// The app left the screen: what is not written yet is written.
    case pause
    /// It is back: looks for what is new.
    case resume
    /// The phone's own way back.
    case back
    /// Back to so many pages of the stack that shows.
    case pop(to: Int)
    /// To a place of the space's bar.
    case show(Place)
    /// Puts away this sheet, and what lies over it.
    case dismiss(Sheet)
    /// Help, from any screen.
    case help
    /// A notice's button.
    case follow(NoticeAction)
    /// The app speaks this language from now on.
    case speak(Language)
    /// Ends the confirmation that shows.
    case heard
  }

  /// Screen at the root.
  public private(set) var root = Root.opening
  /// The sheets over it: the profile, and over all the one that signs in again.
  public private(set) var sheets: [Sheet] = []
  /// The pages over the profile.
  public private(set) var profilePath: [Page] = []
  /// Confirmation of the last action, or the reason for another stage, shown for a moment.
  public private(set) var said: String?
  /// The open core.
  public private(set) var live: Live?

  /// The pages over the root. While something stands in the way, help and no other.
  public var path: [Page] {
    if case .gate = root { pages.filter(\.guides) } else { pages }
  }

  /// Problem of rechecking what blocks the app, or of another language.
  public var problem: String? { acts.compactMap(\.problem).first }

  private var pages: [Page] = [] {
    didSet { if fills(oldValue), !fills(pages) { tell([.requests]) } }
  }
  private var acts: [Act] = []
  @ObservationIgnored private var stageRoot: Root?
  @ObservationIgnored private var stage: Stage?
  @ObservationIgnored private var changes: Changes?
  @ObservationIgnored private let config: Config
  @ObservationIgnored private let platform: Platform
  @ObservationIgnored private let system: any System
  @ObservationIgnored private let touchClock: () -> UInt64
  @ObservationIgnored private let opener: Opener

  /// Begins closed: ``Action/open`` opens the core, off the main actor. `touchClock` is a monotonic clock, in ms.
  public convenience init(
    config: Config, platform: Platform, system: any System,
    touchClock: @escaping () -> UInt64 = Taps.clock()
  ) {
    self.init(config, platform, system, touchClock, opener: Opened.open)
  }

  init(
    _ config: Config, _ platform: Platform, _ system: any System,
    _ touchClock: @escaping () -> UInt64, opener: @escaping Opener
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

  /// The one way in.
  public func send(_ action: Action) {
    switch action {
    case .open: open(settingAside: false)
    case .pause: pause()
    case .resume: resume()
    case .back: back()
    case .pop(let count): pop(to: count)
    case .show(let place): show(place)
    case .dismiss(let sheet): dismiss(sheet)
    case .help: go(.help)
    case .follow(let act): follow(act)
    case .speak(let language): speak(language)
    case .heard: said = nil
    }
  }
}

// MARK: - What shows

extension AppModel {
  /// The screen on top.
  public var screen: (any Screen)? {
    guard let sheet = sheets.last else { return path.last?.screen ?? root.screen }
    guard case .profile = sheet else { return sheet.screen }
    return profilePath.last?.screen ?? sheet.screen
  }

  /// True if the way back stays in the app.
  public var leadsBack: Bool {
    screen?.question != nil || !sheets.isEmpty || !path.isEmpty || space?.place == .requests
  }

  /// The pages over a place of the space. The bar shows where no page does, so whoever goes to another place leaves none
  /// behind: all belong to the place that shows.
  public func path(of place: Place) -> [Page] {
    space?.place == place ? path : []
  }

  private var space: SpaceModel? {
    if case .space(let space) = root { space } else { nil }
  }

  /// True while something runs that the member waits for.
  public var working: Bool {
    root == .opening || acts.contains { $0.working } || screens.contains { $0.working }
  }

  private var screens: [any Screen] {
    let roots = root == stageRoot ? [root] : [stageRoot, root].compactMap(\.self)
    return roots.flatMap { $0.screens }
      + (pages + profilePath).map(\.screen) + sheets.map(\.screen)
  }
}

// MARK: - Opening, leaving, coming back

extension AppModel {
  private func open(settingAside: Bool) {
    guard live == nil else { return }
    root = .opening
    Task {
      do {
        opened(try await opener(config, platform, settingAside))
      } catch {
        let failure = OpeningFailure(error, config)
        let again = { [weak self] in _ = self?.open(settingAside: $0) }
        root = .failed(OpeningFailedModel(failure, system: system, open: again))
      }
    }
  }

  private func opened(_ core: Opened) {
    let live = Live(core, system: system, touchClock: touchClock)
    live.go = { [weak self] in self?.go($0) }
    live.tell = { [weak self] in self?.said = $0 }
    live.follow = { [weak self] in self?.follow() }
    self.live = live
    acts = [Act(live), Act(live)]
    follow()
    let changes = Changes(of: live.fos)
    self.changes = changes
    Task { [weak self] in
      for await change in changes { self?.hear(change) }
    }
  }

  private func pause() {
    live?.away = true
    live?.fos.pause()
  }

  private func resume() {
    guard let live, live.away else { return }
    live.away = false
    live.fos.resume()
  }

  private func hear(_ changes: Set<Change>) {
    live?.hear(changes)
    tell(fills(pages) ? changes.subtracting([.requests]) : changes)
  }

  private func tell(_ changes: Set<Change>) {
    for screen in screens { screen.hear(changes) }
  }

  /// Returns true if a request is being filled in: pages under its form read the requests again once that is left, and not
  /// while they change with every word.
  private func fills(_ pages: [Page]) -> Bool {
    pages.contains { if case .requestForm = $0 { true } else { false } }
  }

  private func follow(_ act: NoticeAction) {
    switch act {
    case .signIn: go(.signInAgain)
    case .update(let link): system.open(link: link)
    case .recheck:
      guard let live else { return }
      acts.first?.run { [weak self] in
        try await live.fos.recheck()
        // What failed for what stood in the way is worth another try.
        self?.screen?.settle()
      }
    }
  }

  private func speak(_ language: Language) {
    guard let live else { return }
    acts.last?.run { try await live.speak(language) }
  }
}

// MARK: - Stages

extension AppModel {
  /// Stands where the member stands: each stage begins with its own first screen.
  private func follow() {
    guard let live else { return }
    if stage != live.stage {
      stage = live.stage
      for screen in stageRoot?.screens ?? [] { screen.leave() }
      clear()
      stageRoot = first(of: live.stage, live)
    }
    switch (root, live.gate, stageRoot) {
    case (.gate, .some, _): break
    case (_, .some, _): root = .gate(GateModel(live))
    case (_, nil, let first?) where root != first: root = first
    default: break
    }
  }

  private func first(of stage: Stage, _ live: Live) -> Root {
    switch stage {
    case .welcome: .signIn(SignInModel(live))
    case .passwordSent: .mailSent(MailSentModel(live))
    case .charter: .charter(CharterModel(live, due: true))
    case .newPassword: .newPassword(FormModel(live.fos.access().newPassword(), live))
    case .space: .space(SpaceModel(live))
    }
  }

  private func clear() {
    said = nil
    dismissAll()
    leavePages()
  }
}

// MARK: - Ways

extension AppModel {
  private func go(_ way: Way) {
    guard let live else { return }
    let access = live.fos.access()
    said = nil
    switch way {
    case .passwordRequest:
      // Who came from the mail's screen goes back to it: a password was asked for already.
      if case .signIn = pages.last { return back() }
      push(.passwordRequest(FormModel(access.passwordRequest(), live)))
    case .signIn: push(.signIn(SignInModel(live)))
    case .service(let id): push(.service(ServiceModel(id, live)))
    case .start(let id): push(.start(StartModel(id, live)))
    case .place(let place): show(place)
    case .requestForm(let service): push(.requestForm(RequestFormModel(service, live)))
    case .options(let form, let key): push(.options(OptionsModel(of: key, in: form, live)))
    case .request(let id): push(.request(RequestModel(id, live)))
    case .queued(let key): push(.queued(QueuedModel(key, live)))
    case .edit(let service):
      back()
      push(.requestForm(RequestFormModel(service, live)))
    case .signOut(let asked): push(.signOut(LeavingModel(asked, live)))
    case .asked(let model): if profilePath.last == .signOut(model) { profilePath.removeLast() }
    case .devices: push(.devices(DevicesModel(live)))
    case .changePassword: push(.changePassword(FormModel(access.changePassword(), live)))
    case .charter: push(.charterReading(CharterModel(live, due: false)))
    case .help: push(.help(HelpModel(live)))
    case .privacy: push(.privacy(PrivacyModel(live)))
    case .diagnostic: push(.diagnostic(DiagnosticModel(live)))
    case .licences: push(.licences(LicencesModel(live)))
    case .licence(let licence): push(.licence(LicenceModel(licence, live)))
    case .profile: sheets = [.profile(ProfileModel(live))]
    case .signInAgain: signInAgain(live)
    case .back: back()
    case .sent(let form, let outcome): leave(form, outcome)
    }
  }

  /// Closes a form that was sent, and confirms it; one that moved the stage has led on already.
  private func leave(_ form: FormModel, _ outcome: SubmitOutcome) {
    switch outcome {
    case .nextSection: break
    case .done(let message):
      if case .signInAgain(let open) = sheets.last, open.name == form.name {
        // Also a sheet that was put away meanwhile and opened again: it has another model, and the same end.
        back()
      } else if profilePath.last == .changePassword(form) {
        back()
        said = message
      }
    case .filed(let id, let message): showFiled(form, id, message)
    case .queued(let message): showFiled(form, nil, message)
    }
  }

  /// The request's own page over the list; where it waits, the list says so.
  private func showFiled(_ form: FormModel, _ id: String?, _ message: String) {
    guard case .requestForm(let page) = pages.last, page.form == form else { return }
    show(.requests)
    if let live, let id { pages = [.request(RequestModel(id, live))] }
    said = message
  }

  private func show(_ place: Place) {
    said = nil
    leavePages()
    space?.show(place)
  }

  /// Over the profile where that is open, over the root otherwise. What is covered is found without problems.
  private func push(_ page: Page) {
    screen?.settle()
    if case .profile = sheets.first { profilePath.append(page) } else { pages.append(page) }
  }

  /// Once, and only in the space: elsewhere a session that ended leads to the sign-in screen.
  private func signInAgain(_ live: Live) {
    if case .signInAgain = sheets.last { return }
    guard live.stage == .space else { return }
    sheets.append(.signInAgain(FormModel(live.fos.access().signInAgain(), live)))
  }

  private func back() {
    said = nil
    if let screen, screen.question != nil { return screen.answer(false) }
    if let sheet = sheets.last {
      guard case .profile = sheet, !profilePath.isEmpty else { return dismiss(sheet) }
      profilePath.removeLast().screen.leave()
    } else if !path.isEmpty {
      pages.removeLast().screen.leave()
    } else if space?.place == .requests {
      show(.services)
    }
  }

  private func pop(to count: Int) {
    said = nil
    if sheets.isEmpty {
      while path.count > count { pages.removeLast().screen.leave() }
    } else {
      while profilePath.count > count { profilePath.removeLast().screen.leave() }
    }
  }

  private func dismiss(_ sheet: Sheet) {
    guard let place = sheets.firstIndex(of: sheet) else { return }
    for sheet in sheets[place...] { sheet.screen.leave() }
    sheets.removeSubrange(place...)
    if sheets.isEmpty { leaveProfilePath() }
  }

  private func dismissAll() {
    for sheet in sheets { sheet.screen.leave() }
    sheets = []
    leaveProfilePath()
  }

  private func leavePages() {
    for page in pages { page.screen.leave() }
    pages = []
  }

  private func leaveProfilePath() {
    for page in profilePath { page.screen.leave() }
    profilePath = []
  }
}
