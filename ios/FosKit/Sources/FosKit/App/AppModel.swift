import FosCore
import Observation

/// Root model: opens the core, and follows its changes and the app's way to the background and back.
@MainActor @Observable public final class AppModel {
  public enum Action {
    /// Opens the core, or tries again.
    case open
    case resume, help
    case notice(NoticeAction)
    case setLanguage(Language)
    /// Address that the system hands to the app; one of another site than the portal's leads nowhere.
    case follow(url: String)
    /// Page of a link or of a quick action; it waits until the member is in the space.
    case show(DeepLink)
  }

  /// Root screen, pages and sheets.
  public let router = AppRouter()
  /// Environment that the screens' models share; `nil` until the core is open.
  public private(set) var environment: AppEnvironment?
  /// True from ``pause()`` until the app is back.
  public private(set) var isInBackground = false

  /// State that every screen shows of the core; `nil` until it is open.
  public var core: CoreState? { environment?.core }

  /// Problem of rechecking what blocks the app, or of another language.
  public var problem: String? { rechecking.problem ?? changingLanguage.problem }

  private let rechecking = AsyncAction()
  private let changingLanguage = AsyncAction()
  @ObservationIgnored private var changes: Changes?
  /// Changes that arrived in the background: if the screens read them there, that would open the files again.
  @ObservationIgnored private var missed: Set<Change> = []
  @ObservationIgnored private var url: String?
  private let config: Config
  private let platform: Platform
  private let system: any SystemServices
  private let touchClock: () -> UInt64
  private let opener: CoreOpener
  @ObservationIgnored private var opening: Task<Void, Never>?

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

  /// True while an action runs, or a screen is read before it shows.
  public var isRunning: Bool {
    router.isOpening || rechecking.isRunning || changingLanguage.isRunning
      || router.screens.contains(where: \.isRunning)
  }

  /// True while a screen is read again.
  public var isReading: Bool { router.screens.contains(where: \.isReading) }

  public func send(_ action: Action) {
    switch action {
    case .open: open(withNewFiles: false)
    case .resume: resume()
    case .help: if let environment { environment.push(.help(HelpModel(environment))) }
    case .notice(let action): follow(action)
    case .setLanguage(let language): setLanguage(language)
    case .follow(let url): follow(url)
    case .show(let link): router.show(link, in: environment)
    }
  }

  /// Writes what is not written yet and closes the files, off the main actor: the app has left the screen. A document that
  /// is previewed closes before the app switcher's snapshot, which would show it.
  public func pause() async {
    isInBackground = true
    router.current.front.document = nil
    guard let fos = environment?.fos else { return }
    await offMainActor { fos.pause() }
  }

  /// Delivers the outbox and fetches what is new, in the background; throws the error, since no member is there to see it.
  public func refresh() async throws {
    guard let fos = environment?.fos else { return }
    try await fos.requests().refresh()
    try await fos.services().refresh()
  }

  private func resume() {
    guard isInBackground else { return }
    isInBackground = false
    environment?.fos.resume()
    update(missed)
    missed = []
  }

  private func update(_ changes: Set<Change>) {
    if isInBackground {
      core?.update(changes)
      missed.formUnion(changes)
    } else {
      environment?.update(changes)
    }
  }

  private func follow(_ action: NoticeAction) {
    guard let environment else { return }
    switch action {
    case .signIn: environment.signInAgain()
    case .update(let link): system.open(link: link)
    case .recheck:
      rechecking.run(environment) { [router] in
        try await $0.fos.recheck()
        // The cause of the screen's error may be gone.
        router.screen?.clearErrors()
      }
    }
  }

  private func setLanguage(_ language: Language) {
    guard let environment else { return }
    changingLanguage.run(environment) { try await $0.setLanguage(language) }
  }

  /// Follows an address, once there is a core to read it.
  private func follow(_ url: String) {
    self.url = url
    if let link = environment?.fos.deepLink(url: url) { send(.show(link)) }
  }
}

// MARK: - Opening

extension AppModel {
  private func open(withNewFiles: Bool) {
    guard environment == nil, opening == nil else { return }
    router.show(.opening)
    opening = Task {
      defer { opening = nil }
      do {
        opened(try await opener(config, platform, withNewFiles))
      } catch {
        let failure = OpeningFailure(error, config)
        let again = { [weak self] in _ = self?.open(withNewFiles: $0) }
        router.show(.page(.failed(OpeningFailedModel(failure, system: system, open: again))))
      }
    }
  }

  private func opened(_ opened: OpenedCore) {
    // Not earlier: the first call loads the library.
    markUiThread()
    let environment = AppEnvironment(
      opened, system: system, router: router, touchClock: touchClock)
    self.environment = environment
    environment.read()
    if let url { follow(url) }
    let changes = Changes(of: environment.fos)
    self.changes = changes
    Task { [weak self] in
      for await change in changes { self?.update(change) }
    }
  }
}
