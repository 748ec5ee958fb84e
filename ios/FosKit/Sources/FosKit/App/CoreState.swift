import FosCore
import Observation

/// State of the open core for the screens. Reads again, on the main actor, whatever a ``Change`` names.
@MainActor @Observable public final class CoreState {
  /// The core itself.
  let fos: Fos
  /// The member's stage.
  public private(set) var stage: Stage
  /// Screen that replaces the sign-in screen of a signed-out member; `nil` if there is none.
  public private(set) var blockingScreen: BlockingView?
  /// Notices under the navigation bar, the most important first.
  public private(set) var notices: [NoticeView]
  /// The member's language.
  public private(set) var language: Language
  /// Light or dark, as the member has chosen.
  public private(set) var theme: Theme
  /// Texts that no view contains, such as accessibility labels of icon buttons.
  public private(set) var phrases: [Phrase: String]

  /// True in the background, where timers must not read the core: that would open its files again.
  @ObservationIgnored var isInBackground = false
  @ObservationIgnored let system: any SystemServices
  /// Drops touches that the member did not mean.
  @ObservationIgnored public let tapGate: TapGate
  /// Shows another screen.
  @ObservationIgnored var navigate: (Route) -> Void = { _ in }
  /// Shows a text for a moment.
  @ObservationIgnored var showToast: (String) -> Void = { _ in }
  /// Called after each read.
  @ObservationIgnored var onRead: () -> Void = {}

  init(_ opened: OpenedCore, system: any SystemServices, touchClock: @escaping () -> UInt64) {
    tapGate = TapGate(now: touchClock)
    fos = opened.fos
    phrases = opened.phrases
    stage = fos.stage()
    blockingScreen = fos.blockingScreen()
    notices = fos.notices()
    language = fos.language()
    theme = fos.theme()
    self.system = system
  }

  /// Reads what every screen shows. Whatever is unchanged redraws no screen.
  func read() {
    let (stage, blockingScreen, notices) = (fos.stage(), fos.blockingScreen(), fos.notices())
    if stage != self.stage { self.stage = stage }
    if blockingScreen != self.blockingScreen { self.blockingScreen = blockingScreen }
    if notices != self.notices { self.notices = notices }
    onRead()
  }

  /// Reads again what has changed.
  func update(_ changes: Set<Change>) {
    if changes.contains(.language) {
      phrases = fos.phrases()
      language = fos.language()
    }
    if changes.contains(.theme) { theme = fos.theme() }
    read()
  }

  /// Returns a text that no view contains.
  public func phrase(_ phrase: Phrase) -> String {
    phrases[phrase, default: ""]
  }

  /// Delivers the outbox and fetches what is new, in the background; throws the error, since no member is there to see it.
  public func refresh() async throws {
    try await fos.requests().refresh()
    try await fos.services().refresh()
  }

  /// Stores the member's language, off the main actor; the screens follow by its ``Change``.
  @concurrent nonisolated func setLanguage(_ language: Language) async throws {
    try fos.setLanguage(language: language)
  }

  /// Stores the member's theme, off the main actor; the screens follow by its ``Change``.
  @concurrent nonisolated func setTheme(_ theme: Theme) async throws {
    try fos.setTheme(theme: theme)
  }

  /// Returns an entry of the outbox to its draft, off the main actor; returns the service.
  @concurrent nonisolated func returnToDraft(_ key: String) async throws -> String {
    try fos.requests().returnToDraft(key: key)
  }

  /// Discards the draft for a service, off the main actor.
  @concurrent nonisolated func discardDraft(of service: String) async throws {
    try fos.requests().discardDraft(service: service)
  }
}
