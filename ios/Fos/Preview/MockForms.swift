import FosCore

extension Mock {
  /// A field with nothing in it.
  func field(_ key: String, _ ar: String, _ fr: String, _ kind: FieldKind) -> FieldView {
    FieldView(
      key: key, label: say(ar, fr), guideName: nil, help: nil, value: "", discarded: 0,
      problem: nil, kind: kind,
      contentType: .none, keyboard: .digits, leftToRight: kind == .text || kind == .secret,
      last: false, options: [], captcha: .notAsked, rules: [], strength: nil)
  }

  func ppr(_ value: String, problem: String? = nil) -> FieldView {
    with(field("ppr", "رقم التأجير", "Numéro de PPR (SOM)", .text)) {
      $0.help = say("تجده في ورقة الأداء.", "Il figure sur votre bulletin de paie.")
      $0.value = value
      $0.contentType = .username
      $0.problem = problem
    }
  }

  func cin(_ value: String, problem: String? = nil) -> FieldView {
    with(field("cin", "رقم بطاقة التعريف الوطنية", "Numéro de carte nationale (CIN)", .text)) {
      $0.value = value
      $0.keyboard = .capitals
      $0.problem = problem
    }
  }

  func mail(_ value: String) -> FieldView {
    with(
      field("email", "البريد الإلكتروني المهني", "Adresse électronique professionnelle", .text)
    ) {
      $0.help = say(
        "إليه نرسل كلمة السر، فتأكد من كل حرف.",
        "Le mot de passe y sera envoyé : vérifiez chaque lettre.")
      $0.value = value
      $0.contentType = .email
      $0.keyboard = .email
      $0.last = true
    }
  }

  func pension(_ value: String) -> FieldView {
    with(field("pension", "رقم المعاش", "Numéro de pension", .text)) {
      $0.value = value
      $0.last = true
    }
  }

  func kind(_ chosen: String) -> FieldView {
    let option = { (key: String, ar: String, fr: String) in
      OptionView(key: key, label: say(ar, fr), chosen: key == chosen, rank: nil)
    }
    return with(field("kind", "أنا", "Je suis", .choice)) {
      $0.options = [
        option("active", "موظف", "En activité"), option("retired", "متقاعد", "À la retraite"),
      ]
    }
  }

  func password(_ key: String, _ ar: String, _ fr: String, fresh: Bool = false) -> FieldView {
    with(field(key, ar, fr, .secret)) {
      $0.keyboard = .password
      $0.contentType = fresh ? .newPassword : .password
    }
  }

  func captcha(_ state: CaptchaState) -> FieldView {
    with(field("captcha", "لست روبوتًا", "Je ne suis pas un robot", .captcha)) {
      $0.guideName = language == .ar ? "Je ne suis pas un robot" : nil
      $0.captcha = state
    }
  }

  func form(
    _ key: String, _ title: String, steps: StepsView? = nil, intro: String? = nil,
    _ fields: [FieldView], _ action: ActionView, notice: String? = nil, summary: String? = nil
  ) -> FormView {
    FormView(
      key: key, title: title, steps: steps, saved: nil, intro: intro, summary: summary,
      fields: fields, action: action, previous: nil, notice: notice)
  }

  /// The rules of a password being chosen, the first `met` of them kept.
  func rules(_ met: Int) -> [RuleView] {
    [
      say("12 حرفًا على الأقل", "12 caractères au moins"),
      say(
        "ليس فيها رقم التأجير ولا رقم البطاقة",
        "Sans votre numéro de PPR ni celui de votre carte"),
      say("ليست من الكلمات الشائعة", "Pas parmi les plus courants"),
    ].enumerated().map { RuleView(text: $1, met: $0 < met) }
  }

  func strength(_ bars: UInt32) -> StrengthView {
    let judged = [
      (say("ضعيفة", "Faible"), Tone.error), (say("متوسطة", "Moyen"), .warning),
      (say("جيدة", "Bon"), .success), (say("قوية", "Très bon"), .success),
    ][Int(bars) - 1]
    return StrengthView(bars: bars, of: 4, text: judged.0, tone: judged.1)
  }

  /// The two fields of a password being chosen, weighed.
  func chosen(_ met: Int, _ bars: UInt32?, problem: String? = nil) -> [FieldView] {
    [
      with(password("new", "كلمة السر الجديدة", "Nouveau mot de passe", fresh: true)) {
        $0.help = say(
          "جملة قصيرة أسهل حفظًا من كلمة معقدة.",
          "Une courte phrase se retient mieux qu’un mot compliqué.")
        $0.rules = rules(met)
        $0.strength = bars.map(strength)
      },
      with(password("again", "أعد كتابتها", "Écrivez-le une seconde fois", fresh: true)) {
        $0.last = true
        $0.problem = problem
      },
    ]
  }
}
