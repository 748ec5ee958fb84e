import FosCore
import FosKit
import SwiftUI

extension Mock {
  var profileStates: [ScreenState] {
    let view = ProfileView(
      name: say("عضو تجربة", "Membre Essai"), kind: say("عضو موظف", "Membre en activité"),
      pprLabel: say("رقم التأجير", "Numéro de PPR (SOM)"), ppr: isolated(Mock.ppr),
      languageLabel: say("اللغة", "Langue"), ownLanguage: say("العربية", "Français"),
      otherLanguage: say("Français", "العربية"), other: other,
      themeLabel: say("المظهر", "Apparence"),
      themes: [
        ThemeView(key: "phone", theme: .phone, label: say("تلقائي", "Auto"), chosen: true),
        ThemeView(key: "light", theme: .light, label: say("فاتح", "Clair"), chosen: false),
        ThemeView(key: "dark", theme: .dark, label: say("داكن", "Sombre"), chosen: false),
      ],
      changePassword: action(
        "change-password", "تغيير كلمة السر", "Changer le mot de passe",
        guide: "Changer le mot de passe"),
      devices: action("devices", "أجهزتي", "Mes appareils"),
      charter: action("charter", "ميثاق الاستعمال", "Charte d’utilisation"),
      help: action("help", "مساعدة", "Aide"),
      signOut: action("sign-out", "تسجيل الخروج", "Se déconnecter"))
    return [
      state("profile") { ProfileScreen(view: view) { _ in } },
      state("profile-leaving") { ProfileScreen(view: view, leaving: true) { _ in } },
    ]
  }

  var signOutStates: [ScreenState] {
    let drafts = SignOutConfirmation(
      title: say("قبل تسجيل الخروج", "Avant de vous déconnecter"),
      text: say(
        "طلب واحد بدأته ولم ترسله.", "Une demande est commencée et n’est pas envoyée."),
      sendNow: nil, keep: action("keep-work", "الحفظ ثم تسجيل الخروج", "Garder et se déconnecter"),
      keepLine: say(
        "إن حفظتها بقيت مشفرة في هذا الهاتف 30 يومًا، لك وحدك.",
        "Gardé, tout reste chiffré sur ce téléphone pendant 30 jours, pour vous seul."),
      erase: action("erase-work", "المحو ثم تسجيل الخروج", "Effacer et se déconnecter"))
    let both = with(drafts) {
      $0.text =
        say("طلب واحد لم يغادر هاتفك بعد.", "Une demande n’est pas encore partie.") + "\n" + $0.text
      $0.sendNow = action("send-now", "الإرسال ثم تسجيل الخروج", "Envoyer, puis se déconnecter")
    }
    return [
      state("sign-out-asked") { SignOutScreen(view: both) { _ in } },
      state("sign-out-drafts-only") { SignOutScreen(view: drafts) { _ in } },
      state("sign-out-problem", [offline]) {
        SignOutScreen(view: both, problem: noConnection) { _ in }
      },
      state("sign-out-working") { SignOutScreen(view: both, sending: true) { _ in } },
    ]
  }

  var devicesStates: [ScreenState] {
    let view = DevicesView(
      text: say(
        "أنت متصل من هذه الأجهزة. أخرج من الجهاز الذي ضاع منك أو أعرته.",
        "Vous êtes connecté sur ces appareils. Déconnectez celui que vous avez perdu ou prêté."),
      devices: [
        DeviceView(
          id: "1", name: "iPhone", line: say("استُعمل الآن", "Utilisé à l’instant"),
          current: chip("mobile", "هذا الهاتف", "Ce téléphone", .success), end: nil),
        DeviceView(
          id: "2", name: say("هاتف آخر", "Autre téléphone"),
          line: say("استُعمل يوم 20 نونبر", "Utilisé le 20 novembre"), current: nil,
          end: action("end-device", "إخراج", "Déconnecter")),
      ])
    return [
      state("devices") { DevicesScreen(view: view) { _ in } },
      state("devices-ending") { DevicesScreen(view: view, working: true) { _ in } },
      state("devices-loading") { DevicesScreen(view: nil) { _ in } },
      state("devices-offline", [offline]) {
        DevicesScreen(view: nil, problem: noConnection) { _ in }
      },
    ]
  }

  var helpStates: [ScreenState] {
    let alone = with(help) {
      $0.contactsTitle = nil
      $0.contacts = []
    }
    let title = say("رخص البرمجيات", "Licences des logiciels")
    let part = Licence(
      name: "rustls", version: "0.23.35", licence: "Apache-2.0 OR ISC OR MIT",
      texts: ["Permission is hereby granted, free of charge, to any person."])
    let log = [
      "2026-11-29T09:14:02Z INFO  open app: opened version=0.1.0 system=ios",
      "2026-11-29T09:14:05Z WARN  act name=sign-in api::retry: retry code=NET attempt=2",
    ]
    return [
      state("help") { HelpScreen(view: help) { _ in } },
      state("help-no-contacts") { HelpScreen(view: alone) { _ in } },
      state("privacy") { PrivacyScreen(view: privacy) },
      state("licences") { LicencesScreen(title: title, licences: [part]) { _ in } },
      state("licence") { LicenceScreen(title: title, licence: part) },
      state("diagnostic") { DiagnosticScreen(view: diagnostic(log)) { _ in } },
      state("diagnostic-empty") { DiagnosticScreen(view: diagnostic([])) { _ in } },
      state("said") {
        ToastView(toast: Toast(text: say("غُيرت كلمة السر.", "Le mot de passe est changé.")))
      },
    ]
  }

  private var help: HelpView {
    let hours = say("من الاثنين إلى الجمعة", "Du lundi au vendredi")
    return HelpView(
      title: say("مساعدة", "Aide"),
      checks: [
        HintView(
          icon: "id_card",
          text: say(
            "رقم التأجير في ورقة الأداء.", "Le numéro de PPR figure sur le bulletin de paie.")
        ),
        HintView(
          icon: "wifi",
          text: say("تحقق من الاتصال بالإنترنت.", "Vérifiez la connexion à Internet.")),
      ],
      contactsTitle: say("الاتصال بالمؤسسة", "Joindre la Fondation"),
      contacts: [
        ContactView(
          key: "phone", icon: "call", label: say("الهاتف", "Téléphone"),
          value: isolated("05 00 00 00 00"), link: "tel:+212500000000"),
        ContactView(
          key: "email", icon: "mail", label: say("البريد الإلكتروني", "Adresse électronique"),
          value: isolated("aide@fos.test"), link: "mailto:aide@fos.test"),
        ContactView(
          key: "hours", icon: "schedule", label: say("الأوقات", "Horaires"), value: plain(hours),
          link: nil),
      ],
      aboutTitle: say("هذا التطبيق", "Cette application"),
      about: [
        fact("النسخة", "Version", isolated("0.1.0")),
        fact("رمز المساعدة", "Code pour l’assistance", isolated("0.1.0-A-PASSWORD-OFFLINE-3")),
      ],
      privacy: action("privacy", "معطياتك الشخصية", "Vos données personnelles"),
      licences: action("licences", "رخص البرمجيات", "Licences des logiciels"),
      diagnostic: action("diagnostic", "تشخيص", "Diagnostic"))
  }

  private func diagnostic(_ lines: [String]) -> DiagnosticView {
    DiagnosticView(
      title: say("تشخيص", "Diagnostic"),
      text: say(
        "هذه آخر العمليات التي قام بها التطبيق.", "Voici les dernières opérations de l’application."
      ),
      lines: lines, copied: lines.joined(separator: "\n"),
      copy: action("copy-diagnostic", "نسخ", "Copier"),
      share: action("share-diagnostic", "مشاركة", "Partager"))
  }

  private var privacy: ReadingView {
    ReadingView(
      title: say("معطياتك الشخصية", "Vos données personnelles"),
      articles: [
        ArticleView(
          heading: say("ما نطلبه ولماذا", "Ce que nous demandons, et pourquoi"),
          paragraphs: [
            say(
              "رقم التأجير ورقم البطاقة والبريد الإلكتروني للتعرف عليك وفتح الخدمات لك.",
              "Le numéro de PPR, le numéro de carte et l’adresse servent à vous reconnaître."),
            say("لا نستعملها في غرض آخر.", "Rien ne sert à une autre fin."),
          ])
      ])
  }
}
