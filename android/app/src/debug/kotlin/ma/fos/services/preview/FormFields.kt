package ma.fos.services.preview

import ma.fos.core.CaptchaState
import ma.fos.core.ContentType
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.core.Keyboard
import ma.fos.core.OptionView
import ma.fos.core.RuleView
import ma.fos.core.StrengthView
import ma.fos.core.Tone

/** A field with nothing in it; each state copies what it needs. */
internal fun field(key: String, label: String, kind: FieldKind) = FieldView(
    key = key,
    label = label,
    guideName = null,
    help = null,
    value = "",
    discarded = 0u,
    problem = null,
    kind = kind,
    contentType = ContentType.NONE,
    keyboard = Keyboard.DIGITS,
    leftToRight = kind == FieldKind.TEXT || kind == FieldKind.SECRET,
    last = false,
    options = emptyList(),
    captcha = CaptchaState.NOT_ASKED,
    rules = emptyList(),
    strength = null
)

internal fun Mock.ppr(value: String) =
    field("ppr", localized("رقم التأجير", "Numéro de PPR (SOM)"), FieldKind.TEXT).copy(
        help = localized("تجده في ورقة الأداء.", "Il figure sur votre bulletin de paie."),
        value = value,
        contentType = ContentType.USERNAME
    )

internal fun Mock.cin(value: String) =
    field("cin", localized("رقم بطاقة التعريف الوطنية", "Numéro de carte nationale (CIN)"), FieldKind.TEXT)
        .copy(value = value, keyboard = Keyboard.CAPITALS)

internal fun Mock.mail(value: String) =
    field("email", localized("البريد الإلكتروني المهني", "Adresse électronique professionnelle"), FieldKind.TEXT).copy(
        help = localized(
            "إليه نرسل كلمة السر، فتأكد من كل حرف.",
            "Le mot de passe y sera envoyé : vérifiez chaque lettre."
        ),
        value = value,
        contentType = ContentType.EMAIL,
        keyboard = Keyboard.EMAIL,
        last = true
    )

internal fun Mock.pension(value: String) =
    field("pension", localized("رقم المعاش", "Numéro de pension"), FieldKind.TEXT).copy(value = value, last = true)

internal fun Mock.kind(chosen: String) = field("kind", localized("أنا", "Je suis"), FieldKind.CHOICE).copy(
    options = listOf(
        OptionView("active", localized("موظف", "En activité"), chosen == "active", null),
        OptionView("retired", localized("متقاعد", "À la retraite"), chosen == "retired", null)
    )
)

internal fun Mock.password(key: String, ar: String, fr: String, fresh: Boolean = false) =
    field(key, localized(ar, fr), FieldKind.SECRET).copy(
        keyboard = Keyboard.PASSWORD,
        contentType = if (fresh) ContentType.NEW_PASSWORD else ContentType.PASSWORD
    )

internal fun Mock.captcha(state: CaptchaState) =
    field("captcha", localized("لست روبوتًا", "Je ne suis pas un robot"), FieldKind.CAPTCHA).copy(
        guideName = localized("Je ne suis pas un robot", "").ifEmpty { null },
        captcha = state
    )

/** The rules of a password being chosen, the first [met] of them kept. */
internal fun Mock.rules(met: Int) = listOf(
    localized("12 حرفًا على الأقل", "12 caractères au moins"),
    localized("ليس فيها رقم التأجير ولا رقم البطاقة", "Sans votre numéro de PPR ni celui de votre carte"),
    localized("ليست من الكلمات الشائعة", "Pas parmi les plus courants")
).mapIndexed { place, text -> RuleView(text, place < met) }

internal fun Mock.strength(bars: UInt) = when (bars) {
    1u -> StrengthView(bars, BARS, localized("ضعيفة", "Faible"), Tone.ERROR)
    2u -> StrengthView(bars, BARS, localized("متوسطة", "Moyen"), Tone.WARNING)
    3u -> StrengthView(bars, BARS, localized("جيدة", "Bon"), Tone.SUCCESS)
    else -> StrengthView(bars, BARS, localized("قوية", "Très bon"), Tone.SUCCESS)
}

private const val BARS = 4u
