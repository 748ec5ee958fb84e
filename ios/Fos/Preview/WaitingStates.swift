import FosCore
import SwiftUI

extension Mock {
  var mailSentStates: [ScreenState] {
    let counting = CountdownView(
      text: say("طلب رسالة أخرى بعد 1:41", "Autre courriel possible dans 1:41"), remaining: 0.7)
    return [
      state("mail-sent-counting") { show(waiting(counting)) },
      state("mail-sent-again") { show(waiting(nil)) },
      state("mail-sent-asking") { MailSentContent(view: waiting(nil), asking: true) { _ in } },
      state("mail-sent-offline", [offline]) {
        MailSentContent(view: waiting(nil), problem: noConnection) { _ in }
      },
    ]
  }

  private func show(_ view: PasswordSentView) -> some View { MailSentContent(view: view) { _ in } }

  private func waiting(_ countdown: CountdownView?) -> PasswordSentView {
    PasswordSentView(
      title: say("الرسالة في الطريق إليك", "Le courriel est en route"),
      steps: step(2, "الرسالة والدخول", "le courriel et la connexion"),
      sentToLabel: say("أُرسلت إلى", "Envoyé à"), sentTo: isolated(Mock.mail),
      ifMatch: say(
        "إذا تطابقت هذه المعلومات مع سجلاتنا، تصلك رسالة فيها كلمة السر.",
        "Si ces informations correspondent à nos dossiers, vous recevrez un courriel."),
      typed: [
        fact("رقم التأجير", "Numéro de PPR (SOM)", isolated(Mock.ppr)),
        fact("رقم البطاقة", "Numéro de carte nationale", isolated("AB•••456")),
      ],
      correct: action("correct-address", "تصحيح المعلومات", "Corriger mes informations"),
      hints: [
        HintView(
          icon: "hourglass_top",
          text: say("تصل عادة في أقل من 5 دقائق.", "Il arrive d’habitude en moins de 5 minutes.")),
        HintView(
          icon: "report",
          text: say(
            "انظر أيضًا في غير المرغوب فيه (Spam).", "Regardez aussi dans les indésirables (Spam).")
        ),
        HintView(
          icon: "key", text: say("كلمة السر صالحة 24 ساعة.", "Le mot de passe vaut 24 heures.")),
      ],
      haveIt: action("have-password", "وصلتني كلمة السر", "J’ai reçu le mot de passe"),
      askAgain: action("ask-again", "طلب رسالة أخرى", "Demander un autre courriel"),
      countdown: countdown)
  }

  var charterStates: [ScreenState] {
    let again = with(charter(1)) {
      $0.steps = nil
      $0.accept = nil
      $0.refuse = nil
      $0.accepted = say("قبلته يوم 24 نونبر 2026", "Acceptée le 24 novembre 2026")
    }
    let renewed = with(charter(6)) {
      $0.steps = nil
      $0.intro = say("صدر إصدار جديد من الميثاق.", "Une nouvelle version de la charte est parue.")
    }
    return [
      state("charter-renewed") { CharterContent(name: "charter", view: renewed) { _ in } },
      state("charter-reading") { CharterContent(name: "charter", view: charter(6)) { _ in } },
      state("charter-again") {
        CharterContent(name: "charter-reading", view: again, finished: true) { _ in }
      },
      state("charter-short") {
        CharterContent(name: "charter", view: charter(1), finished: true) { _ in }
      },
      state("charter-accepting") {
        CharterContent(name: "charter", view: charter(1), finished: true, accepting: true) { _ in }
      },
      state("charter-refusing") {
        CharterContent(
          name: "charter", view: charter(1), finished: true, question: charter(1).refuseQuestion
        ) { _ in }
      },
      state("charter-loading") { CharterContent(name: "charter", view: nil) { _ in } },
      state("charter-missing") {
        CharterContent(name: "charter", view: nil, problem: noConnection) { _ in }
      },
    ]
  }

  private func charter(_ articles: Int) -> CharterView {
    CharterView(
      edition: "2026-1", title: say("ميثاق الاستعمال", "Charte d’utilisation"),
      steps: step(3, "اقرأ ثم اختر", "lisez, puis choisissez"),
      intro: nil, version: say("الإصدار 2026-1", "Version 2026-1"),
      articles: (1...articles).map { number in
        ArticleView(
          heading: "\(number). " + say("معطياتك الشخصية", "Vos données personnelles"),
          paragraphs: [
            say(
              "لا تُستعمل معطياتك إلا لدراسة طلباتك وتقديم الخدمات لك. يمكنك الاطلاع عليها أو تصحيحها.",
              "Vos données ne servent qu’à étudier vos demandes. Vous pouvez les voir ou les rectifier."
            )
          ])
      },
      readOn: action("read-on", "متابعة القراءة", "Continuer la lecture"),
      accept: action("accept", "أقبل", "Accepter", guide: "Accepter"),
      refuse: action("refuse", "لا أقبل", "Refuser"),
      refuseQuestion: QuestionView(
        question: say("ألا تقبل الميثاق؟", "Refuser la charte ?"),
        consequences: say(
          "بدون قبول الميثاق لا يمكن استعمال الخدمات. سيُسجَّل خروجك.",
          "Sans elle, aucun service ne s’ouvre. Vous serez déconnecté."),
        confirm: action("refuse-charter", "لا أقبل، سجّل خروجي", "Refuser et se déconnecter"),
        cancel: action("keep-reading", "العودة إلى الميثاق", "Revenir à la charte")),
      readThrough: say(
        "وصلت إلى نهاية الميثاق: جوابك تجده تحت آخر النص.",
        "Vous êtes au bout de la charte : votre réponse se donne à la fin du texte."),
      accepted: nil)
  }

  var gateStates: [ScreenState] {
    let maintenance = BlockingView(
      key: "maintenance", icon: "build", title: say("أشغال صيانة", "Travaux en cours"),
      text: say("نعود اليوم على الساعة 14:00.", "Nous revenons aujourd’hui à 14:00."),
      action: action("recheck", "تحقق الآن", "Vérifier maintenant"), link: nil)
    let update = BlockingView(
      key: "update", icon: "info", title: say("تحديث ضروري", "Mise à jour nécessaire"),
      text: say(
        "هذه النسخة لم تعد تسمح بالإرسال. حدّث التطبيق.",
        "Cette version ne permet plus d’envoyer. Mettez l’application à jour."),
      action: action("update", "تحديث التطبيق", "Mettre à jour"), link: "https://fos.test/app")
    return [
      state("gate-maintenance") { BlockingScreen(view: maintenance) { _ in } },
      state("gate-looking") { BlockingScreen(view: maintenance, working: true) { _ in } },
      state("gate-offline") { BlockingScreen(view: maintenance, problem: noConnection) { _ in } },
      state("gate-update") { BlockingScreen(view: update) { _ in } },
    ]
  }
}
