import FosCore
import SwiftUI

extension Mock {
  var requestFormStates: [ScreenState] {
    let wrong = say(
      "أرقام الحساب البنكي (RIB) الأربعة والعشرون، كما هي في كشف الحساب.",
      "Les 24 chiffres du RIB, comme sur le relevé de compte.")
    let faulty = with(form(2, [rib("011 780 00001", problem: wrong), telephone, honour(false)])) {
      $0.summary = say("خانة واحدة تحتاج إلى تصحيح.", "Un champ est à corriger.")
    }
    let unsaved = with(form(1, [lottery, place])) {
      $0.saved = chip(
        "error", "لم يُحفظ: امتلأت ذاكرة الهاتف", "Non gardé : le téléphone n’a plus de place",
        .error)
    }
    let last = form(2, [rib(Mock.rib), telephone, honour(true)])
    return [
      state("request-form-loading") { RequestFormPlaceholder(working: true) { _ in } },
      state("request-form-failed", [offline]) {
        RequestFormPlaceholder(problem: noConnection) { _ in }
      },
      state("request-form-first-part") { show(form(1, [lottery, place, drawnOn])) },
      state("request-form-problems") { show(faulty) },
      state("request-form-wishes") { show(form(1, [centres])) },
      state("request-form-places") { show(form(1, [place])) },
      state("request-form-places-open") {
        OptionsScreen(
          key: "place", label: place.label, found: place.options, search: .constant("")
        ) { _ in }
      },
      state("request-form-declaration") { show(form(2, [honour(true)])) },
      state("request-form-instalment") { show(form(1, [amount, instalment])) },
      state("request-form-lines") { show(form(2, [needs])) },
      state("request-form-not-saved") { show(unsaved) },
      state("request-form-working") { show(last, working: true) },
    ]
  }

  private func show(_ form: FormView, working: Bool = false) -> some View {
    FormScreen(form: form, showsHelp: false, working: working, secret: { _ in "" }, send: { _ in })
  }

  private static let rib = "011 780 0000123456789012 96"

  /// A part of two.
  private func form(_ part: UInt32, _ fields: [FieldView]) -> FormView {
    let name = part == 1 ? say("القرعة", "Le tirage au sort") : say("الأداء", "Le versement")
    let steps = StepsView(
      current: part, total: 2,
      text: say("الخطوة \(part) من 2 · \(name)", "Étape \(part) sur 2 · \(name)"))
    let whole = form(
      "request-form", say("منحة الحج", "Allocation de pèlerinage"), steps: steps, fields,
      part == 1
        ? action("next", "التالي", "Suivant")
        : action("file", "إيداع الطلب", "Déposer la demande"))
    return with(whole) {
      $0.saved = chip("cloud_done", "حُفظ", "Gardé", .success)
      guard part == 2 else { return }
      $0.previous = action("previous", "السابق", "Précédent")
      $0.notice = say(
        "طلبك ووصله لا يطلع عليهما إلا من يدرسه (القانون 09.08).",
        "Votre demande et son reçu sont réservés au service qui l’étudie (loi 09-08).")
    }
  }

  private func option(_ key: String, _ ar: String, _ fr: String, chosen: Bool = false) -> OptionView
  {
    OptionView(key: key, label: say(ar, fr), chosen: chosen, rank: nil)
  }

  private var lottery: FieldView {
    with(
      field(
        "lottery", "القرعة التي وقع عليك الاختيار فيها", "Tirage au sort qui vous a désigné",
        .choice)
    ) {
      $0.options = [
        option(
          "local", "قرعة العمالة أو الإقليم", "Tirage de la préfecture ou de la province",
          chosen: true),
        option("ministry", "قرعة الوزارة", "Tirage du ministère"),
        option("agency", "وكالة أسفار معتمدة", "Agence de voyages agréée"),
      ]
    }
  }

  private var place: FieldView {
    with(field("place", "العمالة أو الإقليم", "Préfecture ou province", .search)) {
      $0.options = [
        option("agadir", "أكادير إداوتنان", "Agadir Ida-Outanane"),
        option("casablanca", "الدار البيضاء", "Casablanca"),
        option("rabat", "الرباط", "Rabat", chosen: true),
        option("tanger", "طنجة أصيلة", "Tanger-Assilah"),
      ]
    }
  }

  private var drawnOn: FieldView {
    with(field("drawn-on", "تاريخ القرعة", "Date du tirage", .text)) {
      $0.value = "01/10/2026"
      $0.keyboard = .day
      $0.help = say(
        "مكتوب في شهادة الاختيار.", "Elle figure sur l’attestation de désignation.")
      $0.last = true
    }
  }

  private func rib(_ value: String, problem: String? = nil) -> FieldView {
    with(field("rib", "الحساب البنكي (RIB)", "Compte bancaire (RIB)", .text)) {
      $0.value = value
      $0.help = say("24 رقما، لحساب باسمك.", "24 chiffres, d’un compte à votre nom.")
      $0.problem = problem
    }
  }

  private var telephone: FieldView {
    with(field("phone", "رقم الهاتف", "Téléphone", .text)) {
      $0.value = "06 12 34 56 78"
      $0.keyboard = .phone
      $0.contentType = .phone
      $0.last = true
    }
  }

  private func honour(_ declared: Bool) -> FieldView {
    with(field("honour", "تصريح بالشرف", "Déclaration sur l’honneur", .declaration)) {
      $0.options = [
        option(
          "true", "أصرح بشرفي أن ما أدليت به صحيح، وأرجع المنحة إذا لم أسافر.",
          "Je déclare sur l’honneur que ces renseignements sont exacts.", chosen: declared)
      ]
    }
  }

  private var centres: FieldView {
    let wish = { (key: String, ar: String, fr: String, place: String?) in
      OptionView(key: key, label: say(ar, fr), chosen: place != nil, rank: place)
    }
    return with(field("centres", "المراكز التي تفضلها", "Centres souhaités", .wishes)) {
      $0.help = say("المسها بترتيب رغبتك.", "Touchez-les dans l’ordre de vos souhaits.")
      $0.options = [
        wish("agadir", "أكادير", "Agadir", "2"), wish("ifrane", "إفران", "Ifrane", nil),
        wish("saidia", "السعيدية", "Saïdia", "1"), wish("tetouan", "تطوان", "Tétouan", nil),
      ]
    }
  }

  private var amount: FieldView {
    with(field("amount", "المبلغ المطلوب", "Montant souhaité", .text)) {
      $0.value = "30.000,00"
      $0.keyboard = .amount
      $0.last = true
    }
  }

  private var instalment: FieldView {
    with(field("instalment", "القسط الشهري المتوقع", "Mensualité à prévoir", .readOnly)) {
      $0.value = say("625,00 درهم", "625,00 DH")
    }
  }

  private var needs: FieldView {
    with(field("needs", "ما ينبغي أن نعرفه", "Ce que nous devons savoir", .multilineText)) {
      $0.value = say(
        "أحد أبنائنا يتنقل بكرسي متحرك.\nنحتاج إلى غرفة في الطابق الأرضي.",
        "Un de nos enfants se déplace en fauteuil.\nNous avons besoin d’une chambre au rez-de-chaussée."
      )
      $0.keyboard = .text
      $0.last = true
    }
  }
}
