import FosCore
import SwiftUI

extension Mock {
  var requestsStates: [ScreenState] {
    let none = say(
      "ليس لديك طلب بعد. اختر خدمة والمس «+».",
      "Vous n’avez pas encore de demande. Choisissez un service et touchez «+».")
    return [
      state("requests-empty") { show([], empty: none) },
      state("requests-drafts") { show([drafts]) },
      state("requests-waiting", [offline]) { show([outbox([waiting])]) },
      state("requests-held") { show([outbox([held])]) },
      state("requests-filed") { show([filed]) },
      state("requests-everything") { show([drafts, outbox([held, waiting]), filed]) },
    ]
  }

  private func show(_ groups: [RequestGroupView], empty: String? = nil) -> some View {
    let view = RequestsView(title: say("طلباتي", "Mes demandes"), groups: groups, empty: empty)
    return RequestsScreen(view: view) { _ in }
  }

  private var drafts: RequestGroupView {
    group(
      "لم تكتمل", "À finir",
      [
        card(
          "draft-summer-stays", "beach_access", summer,
          chip("edit", "مسودة", "Brouillon", .quiet),
          say(
            "الخطوة 2 من 3 · آخر تعديل: اليوم 09:40",
            "Étape 2 sur 3 · modifié : aujourd’hui à 09:40"),
          .form(service: "summer-stays"))
      ])
  }

  private func outbox(_ cards: [RequestCardView]) -> RequestGroupView {
    group("تنتظر الإرسال", "À envoyer", cards)
  }

  private var waiting: RequestCardView {
    card(
      "outbox-hajj-grant", "mosque", grant,
      chip("schedule", "سيُرسل", "Sera envoyée", .info),
      say(
        "سيُرسل عند عودة الاتصال. المسه لتقرأه.",
        "Elle partira dès que le réseau le permet. Touchez pour la relire."),
      .queued(key: "1"))
  }

  private var held: RequestCardView {
    with(
      card(
        "outbox-social-loan", "payments", say("القرض الاجتماعي", "Prêt social"),
        chip("warning", "يحتاج إلى مراجعة", "À revoir", .warning),
        say(
          "تغيرت الاستمارة. المسه لتكمله وترسله.",
          "Le formulaire a changé. Touchez pour la compléter et l’envoyer."),
        .outboxEntry(key: "2"))
    ) { $0.needsAction = true }
  }

  private var filed: RequestGroupView {
    let states = [
      chip("check_circle", "مودع", "Déposée", .success),
      chip("search", "قيد الدراسة", "À l’étude", .now),
      chip("check_circle", "مقبول", "Acceptée", .success),
    ]
    let cards = states.enumerated().map { place, state in
      let number = "2026-00000\(3 - place)"
      return with(
        card(
          number, "savings", pension, state,
          say("أُودع يوم 24 نونبر 2026", "Déposée le 24 novembre 2026"), .request(id: number))
      ) { $0.number = isolated(number) }
    }
    return group("مودعة", "Déposées", cards)
  }

  private func group(_ ar: String, _ fr: String, _ cards: [RequestCardView]) -> RequestGroupView {
    RequestGroupView(title: say(ar, fr), cards: cards)
  }

  private func card(
    _ id: String, _ icon: String, _ title: String, _ state: ChipView, _ line: String,
    _ target: RequestTarget
  ) -> RequestCardView {
    RequestCardView(
      id: id, icon: icon, title: title, number: nil, state: state, needsAction: false,
      line: line, target: target)
  }

  private var grant: String { say("منحة الحج", "Allocation de pèlerinage") }
  private var summer: String { say("الاصطياف", "Estivage") }
  private var pension: String {
    say("التقاعد التكميلي", "Retraite complémentaire Attakmili")
  }

  var requestStates: [ScreenState] {
    let answered = [say("أُودع يوم 24 نونبر 2026", "Déposée le 24 novembre 2026")]
    let due = say("الجواب في أجل أقصاه 23 يناير 2027", "Réponse au plus tard le 23 janvier 2027")
    let refusal = say(
      "لا تظهر شهادة الاختيار في القرعة في الملف.\nيمكن الطعن إلى غاية 30 يناير 2027",
      "L’attestation de tirage au sort ne figure pas au dossier.\n"
        + "Recours possible jusqu’au 30 janvier 2027")
    let approved = page(chip("check_circle", "مقبول", "Acceptée", .success), answered)
    let refused = with(page(chip("error", "مرفوض", "Refusée", .error), answered)) {
      $0.refusal = refusal
    }
    return [
      state("request-filed") {
        show(page(chip("check_circle", "مودع", "Déposée", .success), answered + [due]))
      },
      state("request-under-review") {
        show(page(chip("search", "قيد الدراسة", "À l’étude", .now), answered + [due]))
      },
      state("request-refused") { show(refused) },
      state("request-approved") { show(approved) },
    ]
  }

  private func show(_ view: RequestView) -> some View { RequestScreen(view: view) { _ in } }

  private func page(_ state: ChipView, _ lines: [String]) -> RequestView {
    RequestView(
      icon: "mosque", title: grant, numberLabel: say("رقم الطلب", "Numéro de la demande"),
      number: isolated("2026-000001"), state: state, lines: lines, refusal: nil,
      receipt: action("receipt", "عرض الوصل", "Voir le reçu"),
      share: action("share-receipt", "مشاركة الوصل", "Partager le reçu"))
  }
}
