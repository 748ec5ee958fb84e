import FosCore
import SwiftUI

extension Mock {
  var servicesStates: [ScreenState] {
    let groups = groups
    let busy = say(
      "الخدمة تعرف إقبالا كبيرا. أعد المحاولة.", "Le service est très demandé. Réessayez.")
    let none = say("لا خدمة بهذا الاسم.", "Aucun service de ce nom. Essayez un mot plus court.")
    return [
      state("services-list") { show(groups) },
      state("services-closed") { show(Array(groups.dropFirst())) },
      state("services-loading") { show([], loading: true) },
      state("services-none") { show([], empty: none, search: "xyz") },
      state("services-offline", [offline]) { show(groups) },
      state("services-session-ended", [sessionEnded]) { show(groups) },
      state("services-maintenance", [maintenance]) { show(groups) },
      state("services-not-for-you") { show(groups.dropFirst(2) + [notForYou]) },
      // The system draws the pulling itself.
      state("services-pulled") { show(groups) },
      state("services-problem") { show(groups, problem: busy) },
    ]
  }

  private func show(
    _ groups: [GroupView], empty: String? = nil, loading: Bool = false, search: String = "",
    problem: String? = nil
  ) -> some View {
    let category = { (key: String, ar: String, fr: String) in
      OptionView(key: key, label: say(ar, fr), chosen: key == "all", rank: nil)
    }
    let view = ServicesView(
      title: say("الخدمات", "Services"), searchHint: say("ابحث عن خدمة", "Chercher un service"),
      categories: [
        category("all", "الكل", "Tout"), category("retirement", "التقاعد", "Retraite"),
        category("health", "الصحة", "Santé"), category("housing", "السكن", "Logement"),
      ],
      groups: groups, empty: empty, loading: loading)
    return ServicesScreen(view: view, search: .constant(search), problem: problem) { _ in }
  }

  private var groups: [GroupView] {
    [
      GroupView(
        tone: .success, title: say("مفتوحة الآن", "Ouverts"), count: "2",
        services: [
          card(
            "hajj-grant", "mosque", say("منحة الحج", "Allocation de pèlerinage"),
            say("دورية 2/26 · إلى 30 نونبر", "Circulaire 2/26 · jusqu’au 30 novembre")),
          card(
            "attakmili", "savings", say("التقاعد التكميلي", "Retraite complémentaire Attakmili"),
            say("دورية 1/26 · طيلة السنة", "Circulaire 1/26 · toute l’année")),
        ]),
      GroupView(
        tone: .now, title: say("معلن عنها", "Annoncés"), count: "1",
        services: [
          card(
            "summer", "beach_access", say("الاصطياف", "Estivage"),
            say("إعلان 9/26", "Communiqué 9/26"),
            chip("campaign", "تفتح 5 دجنبر", "Ouvre le 5 décembre", .now))
        ]),
      GroupView(
        tone: .quiet, title: say("مغلقة", "Fermés"), count: "1",
        services: [
          card(
            "language-stay", "translate", say("المقام اللغوي", "Séjours linguistiques"),
            say("إعلان 9/26", "Communiqué 9/26"),
            chip("lock", "أغلقت 31 غشت", "Fermé le 31 août", .quiet))
        ]),
    ]
  }

  private var notForYou: GroupView {
    GroupView(
      tone: .quiet, title: say("ليست لفئتك", "Pas pour votre situation"), count: "1",
      services: [
        card(
          "retired-care", "elderly", say("مواكبة المتقاعدين", "Accompagnement des retraités"),
          say("إعلان 9/26", "Communiqué 9/26"),
          chip("block", "للمتقاعدين", "Pour les retraités", .quiet))
      ])
  }

  /// An open one has no chip; its «+» says what it is for.
  private func card(
    _ id: String, _ icon: String, _ title: String, _ line: String, _ chip: ChipView? = nil
  ) -> CardView {
    let plus = say("تقديم طلب: \(title)", "Faire une demande : \(title)")
    return CardView(
      id: id, icon: icon, title: title, line: line, chip: chip, plus: chip == nil ? plus : nil,
      quiet: chip?.tone == .quiet)
  }

  var serviceStates: [ScreenState] {
    let closed = with(service) {
      $0.chip = chip("lock", "مغلقة", "Fermé", .quiet)
      $0.plus = nil
      $0.whyNot = say("انتهى أجل تقديم الطلبات.", "Le délai de dépôt des demandes est passé.")
    }
    let others = with(closed) {
      $0.chip = chip("block", "للمتقاعدين", "Pour les retraités", .quiet)
      $0.whyNot = say("هذه الخدمة للمتقاعدين وحدهم.", "Ce service est réservé aux retraités.")
      $0.circularLine = say("PDF · 48 Ko · محفوظة في هاتفك", "PDF · 48 Ko · gardé sur ce téléphone")
    }
    let unavailableReason = say("لم تعد هذه الخدمة مقترحة.", "Ce service n’est plus proposé.")
    return [
      state("service-open") { ServiceScreen(view: service) { _ in } },
      state("service-closed", [offline]) { ServiceScreen(view: closed) { _ in } },
      state("service-not-for-you") { ServiceScreen(view: others) { _ in } },
      state("service-fetching") { ServiceScreen(view: service, fetching: true) { _ in } },
      state("service-circular-offline", [offline]) {
        ServiceScreen(view: service, problem: noConnection) { _ in }
      },
      state("service-gone") {
        ServiceScreen(view: nil, unavailableReason: unavailableReason) { _ in }
      },
    ]
  }

  private var service: ServiceView {
    ServiceView(
      id: "hajj-grant", icon: "mosque", title: say("منحة الحج", "Allocation de pèlerinage"),
      chip: chip("check", "مفتوحة", "Ouvert", .success),
      summary: say(
        "مساعدة مالية لمن وقع عليه الاختيار في قرعة الحج، مرة واحدة في العمر.",
        "Une aide pour le membre tiré au sort pour le pèlerinage, une fois dans la vie."),
      facts: [
        fact(
          "آخر أجل", "Date limite", plain(say("30 نونبر 2026", "30 novembre 2026")),
          chip: chip("schedule", "بقيت 6 أيام", "6 jours restants", .warning)),
        fact("المبلغ", "Montant", plain(say("30.000 درهم", "30.000 DH"))),
      ],
      documentsTitle: documentsTitle, documents: documents,
      plus: action("plus", "تقديم طلب", "Faire une demande"), whyNot: nil,
      circular: action("circular", "قراءة النص", "Lire le texte"), circularLine: "PDF · 48 Ko")
  }

  private var documentsTitle: String { say("حضّر هذه الوثائق", "Préparez ces documents") }

  private var documents: [DocumentView] {
    [
      DocumentView(
        icon: "id_card", title: say("بطاقة التعريف الوطنية", "Carte nationale"),
        note: say("الوجهان", "Recto et verso")),
      DocumentView(
        icon: "description",
        title: say("شهادة الاختيار في القرعة", "Attestation de tirage au sort"),
        note: nil),
    ]
  }

  var startStates: [ScreenState] {
    let view = StartView(
      title: say("طلب جديد", "Nouvelle demande"),
      service: say("منحة الحج", "Allocation de pèlerinage"),
      text: say(
        "حضّر هذه الوثائق ثم املأ الطلب. ما تكتبه يُحفظ في هذا الهاتف أولا بأول.",
        "Préparez ces documents, puis remplissez la demande. Ce que vous écrivez est gardé ici."),
      earlier: nil, fill: action("fill", "ملء الطلب", "Remplir la demande"), startOver: nil,
      startOverQuestion: nil,
      documentsTitle: documentsTitle, documents: documents,
      close: action("close", "فهمت", "J’ai compris"))
    let onPaper = with(view) {
      $0.text = say(
        "يودع هذا الطلب ورقيا: حضّر هذه الوثائق واتبع ما جاء في الوثيقة المرجعية.",
        "Cette demande se fait sur papier : préparez ces documents et suivez le texte de référence."
      )
      $0.fill = nil
    }
    let begun = with(view) {
      $0.text = say(
        "بدأت هذا الطلب من قبل. ما كتبته محفوظ في هذا الهاتف (آخر تعديل: اليوم 09:40).",
        "Vous avez commencé cette demande. Elle est gardée ici (modifiée aujourd’hui à 09:40).")
      $0.fill = action("continue-filling", "متابعة الطلب", "Continuer la demande")
      $0.startOver = action("start-over", "البدء من جديد", "Recommencer à zéro")
      $0.startOverQuestion = QuestionView(
        question: say("أتمحو ما كتبته؟", "Effacer ce que vous avez écrit ?"),
        consequences: say(
          "ستُمحى أجوبتك في «منحة الحج»، ولا يمكن استرجاعها.",
          "Vos réponses à « Allocation de pèlerinage » seront effacées. On ne peut pas les retrouver."
        ),
        confirm: action("erase-draft", "المحو والبدء من جديد", "Effacer et recommencer"),
        cancel: action("keep-draft", "الاحتفاظ بأجوبتي", "Garder mes réponses"))
    }
    let last = with(view) {
      $0.text = say(
        "لديك طلب لهذه الخدمة: رقم FOS-26-004117، أُودع يوم 20 نونبر 2026. لا تقبل منك طلبا ثانيا.",
        "Vous avez une demande pour ce service : n° FOS-26-004117, déposée le 20 novembre 2026."
      )
      $0.earlier = EarlierRequestView(
        id: "1", open: action("open-earlier", "عرض هذا الطلب", "Voir cette demande"))
      $0.fill = nil
      $0.documentsTitle = nil
      $0.documents = []
    }
    return [
      state("start") { StartRequestScreen(view: view) { _ in } },
      state("start-on-paper") { StartRequestScreen(view: onPaper) { _ in } },
      state("start-already-requested") { StartRequestScreen(view: last) { _ in } },
      state("start-begun") { StartRequestScreen(view: begun) { _ in } },
      state("start-erasing") {
        StartRequestScreen(view: begun, question: begun.startOverQuestion) { _ in }
      },
    ]
  }
}
