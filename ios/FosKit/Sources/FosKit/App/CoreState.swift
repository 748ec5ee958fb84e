import FosCore
import Observation

/// State of the open core for the screens. Reads again, on the main actor, whatever a ``Change`` names.
@MainActor @Observable public final class CoreState {
  public private(set) var stage: Stage
  /// Screen that replaces the sign-in screen of a signed-out member; `nil` if there is none.
  public private(set) var blockingScreen: BlockingView?
  /// Notices under the navigation bar, the most important first.
  public private(set) var notices: [NoticeView]
  public private(set) var language: Language
  public private(set) var theme: FosTheme
  /// Texts that no view contains, such as accessibility labels of icon buttons.
  public private(set) var phrases: [Phrase: String]

  @ObservationIgnored private let fos: Fos

  init(_ opened: OpenedCore) {
    fos = opened.fos
    phrases = opened.phrases
    stage = fos.stage()
    blockingScreen = fos.blockingScreen()
    notices = fos.notices()
    language = fos.language()
    theme = fos.theme()
  }

  /// Reads what every screen shows. Whatever is unchanged redraws no screen.
  func read() {
    let (stage, blockingScreen, notices) = (fos.stage(), fos.blockingScreen(), fos.notices())
    if stage != self.stage { self.stage = stage }
    if blockingScreen != self.blockingScreen { self.blockingScreen = blockingScreen }
    if notices != self.notices { self.notices = notices }
  }

  func update(_ changes: Set<Change>) {
    if changes.contains(.language) {
      phrases = fos.phrases()
      language = fos.language()
    }
    if changes.contains(.theme) { theme = fos.theme() }
    read()
  }

  public func phrase(_ phrase: Phrase) -> String { phrases[phrase, default: ""] }
}
