import FosCore
import Observation

/// The open core as the screens see it: what it says has changed is read again, once, on the main actor.
@MainActor @Observable public final class Live {
  /// The core itself.
  let fos: Fos
  /// The member's stage.
  public private(set) var stage: Stage
  /// Screen that replaces the sign-in screen of a signed-out member; `null` if there is none.
  public private(set) var gate: BlockingView?
  /// Lines under the header, worst first.
  public private(set) var notices: [NoticeView]
  /// The member's language.
  public private(set) var language: Language
  /// Light or dark, as the member has chosen.
  public private(set) var theme: Theme
  /// Phrases that no view contains: the names of arrows, crosses and eyes.
  public private(set) var phrases: [Phrase: String]

  /// The app is in the background: what a clock would read anew waits, so that the files stay closed.
  @ObservationIgnored var away = false
  @ObservationIgnored let system: any System
  /// Judges touches.
  @ObservationIgnored public let taps: Taps
  /// Leads to another screen.
  @ObservationIgnored var go: (Way) -> Void = { _ in }
  /// Tells the member in passing.
  @ObservationIgnored var tell: (String) -> Void = { _ in }
  /// Hears that something was read anew.
  @ObservationIgnored var follow: () -> Void = {}

  init(_ opened: Opened, system: any System, touchClock: @escaping () -> UInt64) {
    taps = Taps(now: touchClock)
    fos = opened.fos
    phrases = opened.phrases
    stage = fos.stage()
    gate = fos.blockingScreen()
    notices = fos.notices()
    language = fos.language()
    theme = fos.theme()
    self.system = system
  }

  /// Reads what every screen stands in. What is as it was makes no screen draw again.
  func read() {
    let (stage, gate, notices) = (fos.stage(), fos.blockingScreen(), fos.notices())
    if stage != self.stage { self.stage = stage }
    if gate != self.gate { self.gate = gate }
    if notices != self.notices { self.notices = notices }
    follow()
  }

  /// Takes in what the core says has changed.
  func hear(_ changes: Set<Change>) {
    if changes.contains(.language) {
      phrases = fos.phrases()
      language = fos.language()
    }
    if changes.contains(.theme) { theme = fos.theme() }
    read()
  }

  /// The words for a sign that stands alone.
  public func say(_ phrase: Phrase) -> String {
    phrases[phrase, default: ""]
  }

  /// Sends what waits and fetches what is new while the app is away: nobody is there to be told, so it says so to whoever asks.
  public func refresh() async throws {
    try await fos.requests().refresh()
    try await fos.services().refresh()
  }

  /// Says the member's language to the core, which keeps it; what follows comes as a ``Change``. It writes to the
  /// phone, so it runs off the main actor.
  @concurrent nonisolated func speak(_ language: Language) async throws {
    try fos.setLanguage(language: language)
  }

  /// Says to the core what the member chose, as ``speak(_:)`` does.
  @concurrent nonisolated func shade(_ theme: Theme) async throws {
    try fos.setTheme(theme: theme)
  }

  /// Takes a request out of what waits to be sent, as ``speak(_:)`` writes; answers the service whose form it is.
  @concurrent nonisolated func takeBack(_ key: String) async throws -> String {
    try fos.requests().returnToDraft(key: key)
  }

  /// Drops what was filled in for a service, as ``speak(_:)`` writes.
  @concurrent nonisolated func drop(draftOf service: String) async throws {
    try fos.requests().discardDraft(service: service)
  }
}

/// Function that opens the core; tests replace it. Its last argument is true if the stored files are set aside.
typealias Opener = @Sendable (Config, Platform, Bool) async throws -> Opened

/// The core as it was opened, warmed up off the main actor.
struct Opened: Sendable {
  let fos: Fos
  let phrases: [Phrase: String]

  /// Opens files, and loads the library at its first call. `settingAside` the stored files, it opens without them.
  @concurrent static func open(
    _ config: Config, on platform: Platform, settingAside: Bool
  ) async throws -> Opened {
    let open = settingAside ? Fos.openWithNewFiles : Fos.open
    let fos = try open(config, platform)
    return Opened(fos: fos, phrases: fos.phrases())
  }
}
