import FosCore
import SwiftUI

extension Mock {
  var signInStates: [ScreenState] {
    let short = say(
      "من 4 إلى 9 أرقام، كما في ورقة الأداء.", "De 4 à 9 chiffres, comme sur le bulletin de paie.")
    let refused = say(
      "رقم التأجير أو كلمة السر غير صحيح. راجعهما، أو اطلب كلمة سر جديدة.",
      "Numéro de PPR ou mot de passe incorrect. Vérifiez-les, ou demandez un nouveau mot de passe.")
    let filled = signIn(ppr(Mock.ppr), .done)
    let withMail = with(filled) {
      $0.steps = step(2, "الرسالة والدخول", "le courriel et la connexion")
    }
    return [
      state("sign-in-empty") { show(signIn(ppr(""), .idle), typed: "") },
      state("sign-in-filled") { show(filled) },
      state("sign-in-robot-working") { show(signIn(ppr(Mock.ppr), .working)) },
      state("sign-in-sending") { show(filled, working: true) },
      state("sign-in-refused") { show(filled, problem: refused) },
      state("sign-in-problem") { show(signIn(ppr("12", problem: short), .idle)) },
      state("sign-in-with-mail") { show(withMail) },
      state("sign-in-offline", [offline]) { show(filled) },
      state("sign-in-update", [update]) { show(filled) },
    ]
  }

  private func signIn(_ ppr: FieldView, _ ticked: CaptchaState) -> FormView {
    form(
      "sign-in", say("تسجيل الدخول", "Connexion"),
      [
        with(ppr) { $0.help = nil }, password("password", "كلمة السر", "Mot de passe"),
        captcha(ticked),
      ],
      action("sign-in", "الدخول", "Se connecter", guide: "Se connecter"))
  }

  private func show(
    _ form: FormView, typed: String = "mot-essai-1", problem: String? = nil, working: Bool = false
  ) -> some View {
    let welcome = WelcomeView(
      foundation: say("مؤسسة الأعمال الاجتماعية", "Fondation des Œuvres Sociales"),
      ministry: say("وزارة الاقتصاد والمالية", "Ministère de l’Économie et des Finances"),
      otherLanguage: say("Français", "العربية"), other: other,
      firstTime: say(
        "أول مرة هنا؟ أو نسيت كلمة السر؟", "Première fois ici ? Mot de passe oublié ?"),
      firstTimeText: say(
        "نرسل إليك كلمة سر مؤقتة عبر البريد.",
        "Nous vous envoyons un mot de passe provisoire par courriel."),
      ask: action(
        "ask-password", "طلب كلمة السر", "Récupérer mot de passe", guide: "Récupérer mot de Passe"))
    return SignInContent(
      welcome: welcome, form: form, problem: problem, working: working, secret: { _ in typed },
      send: { _ in }, type: { _ in })
  }

  var passwordRequestStates: [ScreenState] {
    let wrong = say(
      "حرف أو حرفان ثم أرقام، كما في البطاقة.",
      "Une ou deux lettres puis des chiffres, comme sur la carte.")
    let active = [kind("active"), ppr(Mock.ppr), cin(Mock.cin), mail(Mock.mail)]
    let retired = [
      kind("retired"), ppr(Mock.ppr), cin(Mock.cin), mail(Mock.mail), pension("88/4521"),
    ]
    let faulty = [kind("active"), ppr(Mock.ppr), cin("1234", problem: wrong), mail(Mock.mail)]
    let one = say("خانة واحدة تحتاج إلى تصحيح.", "Un champ est à corriger.")
    return [
      state("password-request-empty") { page(request([kind(""), ppr(""), cin(""), mail("")])) },
      state("password-request-active") { page(request(active)) },
      state("password-request-retired") { page(request(retired)) },
      state("password-request-problem") { page(request(faulty, summary: one)) },
      state("password-request-offline", [offline]) { page(request(active)) },
    ]
  }

  private func request(_ fields: [FieldView], summary: String? = nil) -> FormView {
    form(
      "password-request", say("طلب كلمة السر", "Récupérer mot de passe"),
      steps: step(1, "معلوماتك", "vos informations"), fields,
      action("send", "إرسال", "Envoyer", guide: "Envoyer"),
      notice: say(
        "تُستعمل هذه المعلومات للتعرف عليك وإرسال كلمة السر.",
        "Ces informations servent à vous reconnaître et à vous envoyer le mot de passe."),
      summary: summary)
  }

  private func page(
    _ form: FormView, problem: String? = nil, working: Bool = false, typed: String = ""
  ) -> some View {
    FormScreen(
      form: form, problem: problem, working: working, secret: { _ in typed }, send: { _ in })
  }

  var newPasswordStates: [ScreenState] {
    let typed = "zitoun-jbel-92"
    let differs = say(
      "لا تطابق الأولى. أعد كتابتها.", "Il ne correspond pas au premier. Réécrivez-le.")
    return [
      state("new-password-typed") { page(change(chosen(3, 3)), typed: typed) },
      state("new-password-weak") { page(change(chosen(1, 1)), typed: typed) },
      state("new-password-fair") { page(change(chosen(2, 2)), typed: typed) },
      state("new-password-strong") { page(change(chosen(3, 4)), typed: typed) },
      state("new-password-empty") { page(change(chosen(0, nil))) },
      state("new-password-problem") { page(change(chosen(3, 3, problem: differs)), typed: typed) },
    ]
  }

  private var changing: ActionView {
    action(
      "change-password", "تغيير كلمة السر", "Changer le mot de passe",
      guide: "Changer le mot de passe")
  }

  private func change(_ fields: [FieldView]) -> FormView {
    form(
      "new-password", say("كلمة سر جديدة", "Nouveau mot de passe"),
      steps: step(4, "الأخيرة", "la dernière"),
      intro: say(
        "اختر كلمة سر لك وحدك. كلمة البريد لن تعمل بعدها.",
        "Choisissez un mot de passe connu de vous seul. Celui du courriel ne servira plus."),
      fields, changing)
  }

  /// Another password in place of one's own, and the session taken up again.
  var passwordStates: [ScreenState] {
    let wrong = say("كلمة السر غير صحيحة.", "Mot de passe incorrect.")
    let typed = "mot-essai-1"
    let current = password("current", "كلمة السر الحالية", "Mot de passe actuel")
    let another = form(
      "change-password", say("تغيير كلمة السر", "Changer le mot de passe"),
      intro: say("ستخرج أجهزتك الأخرى من حسابك.", "Vos autres appareils seront déconnectés."),
      [current] + chosen(1, nil), changing)
    let again = form(
      "sign-in-again", say("استئناف الجلسة", "Reprendre la session"),
      intro: say(
        "انتهت جلستك ولم يضع شيء. أدخل كلمة سر الرقم \u{2066}\(Mock.ppr)\u{2069}.",
        "Votre session a pris fin, rien n’est perdu. Saisissez le mot de passe du numéro \(Mock.ppr)."
      ),
      [password("password", "كلمة السر", "Mot de passe"), captcha(.done)],
      action("sign-in-again", "الدخول من جديد", "Se reconnecter"))
    return [
      state("change-password") { page(another, typed: typed) },
      state("change-password-problem") { page(another, problem: wrong, typed: typed) },
      state("sign-in-again") { page(again) },
      state("sign-in-again-sending") { page(again, working: true, typed: typed) },
      state("sign-in-again-problem") { page(again, problem: wrong, typed: typed) },
    ]
  }
}
