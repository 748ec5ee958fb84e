import FosCore
import SwiftUI

/// One state of one screen, by the name that it has on Android too: what previews show.
struct ScreenState: Identifiable {
  let name: String
  let view: AnyView
  var id: String { name }

  init(_ name: String, _ view: some View) {
    self.name = name
    self.view = AnyView(view)
  }
}

/// Made-up words in one of the two languages, of the length that the real ones have; identifiers of nobody.
@MainActor struct Mock {
  let language: Language

  static let ppr = "0123456"
  static let cin = "AB123456"
  static let mail = "membre.essai@finances.test"

  /// The words in this language.
  func say(_ ar: String, _ fr: String) -> String { language == .ar ? ar : fr }

  var other: Language { language == .ar ? .fr : .ar }

  /// A button; the guide's French name is the Arabic app's only.
  func action(_ key: String, _ ar: String, _ fr: String, guide: String? = nil) -> ActionView {
    ActionView(key: key, label: say(ar, fr), guideName: language == .ar ? guide : nil)
  }

  func step(_ now: UInt32, _ ar: String, _ fr: String) -> StepsView {
    StepsView(
      current: now, total: 4, text: say("الخطوة \(now) من 4 · \(ar)", "Étape \(now) sur 4 · \(fr)"))
  }

  func chip(_ icon: String, _ ar: String, _ fr: String, _ tone: Tone) -> ChipView {
    ChipView(icon: icon, text: say(ar, fr), tone: tone)
  }

  func fact(_ ar: String, _ fr: String, _ value: Identifier, chip: ChipView? = nil) -> FactView {
    FactView(icon: nil, label: say(ar, fr), value: value, chip: chip)
  }

  /// As the core shows one: isolated, left to right.
  func isolated(_ bare: String) -> Identifier {
    Identifier(shown: "\u{2066}\(bare)\u{2069}", copied: bare, spoken: bare)
  }

  func plain(_ text: String) -> Identifier { Identifier(shown: text, copied: text, spoken: text) }

  private func notice(
    _ key: String, _ icon: String, _ ar: String, _ fr: String, _ tone: Tone,
    _ action: ActionView? = nil, _ does: NoticeAction? = nil
  ) -> NoticeView {
    NoticeView(
      key: key, icon: icon, text: say(ar, fr), tone: tone, action: action, actionKind: does)
  }

  var offline: NoticeView {
    notice(
      "offline", "cloud_off", "لا اتصال. ما تراه محفوظ في هاتفك.",
      "Pas de connexion. Ce que vous voyez est gardé sur votre téléphone.", .info)
  }

  var sessionEnded: NoticeView {
    notice(
      "sign-in-again", "key", "انتهت جلستك. ما تراه محفوظ في هاتفك.",
      "Votre session a pris fin. Ce que vous voyez est gardé sur votre téléphone.", .warning,
      action("sign-in-again", "الدخول من جديد", "Se reconnecter"), .signIn)
  }

  var maintenance: NoticeView {
    notice(
      "maintenance", "build", "أشغال صيانة إلى 14:00. تبقى القراءة ممكنة.",
      "Travaux en cours jusqu’à 14:00. La lecture reste possible.", .warning,
      action("recheck", "تحقق الآن", "Vérifier maintenant"), .recheck)
  }

  var update: NoticeView {
    notice(
      "update", "info", "صدرت نسخة أحدث من التطبيق.",
      "Une version plus récente de l’application est disponible.", .info,
      action("update", "تحديث التطبيق", "Mettre à jour"), .update(link: "https://fos.test/app"))
  }

  var noConnection: String { say("لا اتصال بالإنترنت.", "Pas de connexion à Internet.") }

  /// Environment of the screens.
  func environment(_ notices: [NoticeView] = []) -> ScreenEnvironment {
    ScreenEnvironment(phrases: phrases, language: language, notices: notices)
  }

  /// A screen by itself, as the app would show it.
  func state(_ name: String, _ notices: [NoticeView] = [], @ViewBuilder _ view: () -> some View)
    -> ScreenState
  {
    ScreenState(name, NavigationStack { view() }.screenEnvironment(environment(notices)))
  }

  private var phrases: [Phrase: String] {
    [
      .back: say("رجوع", "Retour"), .close: say("إغلاق", "Fermer"), .copy: say("نسخ", "Copier"),
      .showPassword: say("إظهار كلمة السر", "Afficher le mot de passe"),
      .hidePassword: say("إخفاء كلمة السر", "Masquer le mot de passe"),
      .loading: say("جارٍ التحميل", "Chargement"), .tryAgain: say("إعادة المحاولة", "Réessayer"),
      .services: say("الخدمات", "Services"), .requests: say("طلباتي", "Demandes"),
      .choose: say("اختر", "Choisir"), .search: say("ابحث", "Chercher"),
      .profile: say("حسابي", "Mon compte"),
      .problemIcon: say("تنبيه", "Attention"), .done: say("تم", "Terminé"),
      .working: say("جارٍ العمل", "En cours"), .help: say("مساعدة", "Aide"),
      .charter: say("ميثاق الاستعمال", "Charte d’utilisation"),
      .devices: say("أجهزتي", "Mes appareils"),
      .licences: say("رخص البرمجيات", "Licences des logiciels"),
    ]
  }
}

/// A copy with something changed.
func with<T>(_ value: T, _ change: (inout T) -> Void) -> T {
  var copy = value
  change(&copy)
  return copy
}
