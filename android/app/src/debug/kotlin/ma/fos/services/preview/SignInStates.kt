package ma.fos.services.preview

import androidx.compose.foundation.text.input.setTextAndPlaceCursorAtEnd
import androidx.compose.runtime.Composable
import ma.fos.core.CaptchaState
import ma.fos.core.FieldView
import ma.fos.core.FormView
import ma.fos.core.Language
import ma.fos.core.WelcomeView
import ma.fos.services.feature.access.SignInNavigation
import ma.fos.services.feature.access.SignInScreen
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.Secrets

internal fun signInStates(mock: Mock): List<ScreenState> = with(mock) {
    val wrong = localized("من 4 إلى 9 أرقام، كما في ورقة الأداء.", "De 4 à 9 chiffres, comme sur le bulletin de paie.")
    val refused = localized(
        "رقم التأجير أو كلمة السر غير صحيح. راجعهما، أو اطلب كلمة سر جديدة.",
        "Numéro de PPR ou mot de passe incorrect. Vérifiez-les, ou demandez un nouveau mot de passe."
    )
    val filled = form(listOf(ownPpr(Mock.PPR), secret(), captcha(CaptchaState.DONE)))
    listOf(
        ScreenState("sign-in-empty") { Show(form(listOf(ownPpr(""), secret(), captcha(CaptchaState.IDLE)))) },
        ScreenState("sign-in-filled") { Show(filled) },
        ScreenState("sign-in-robot-working") {
            Show(form(listOf(ownPpr(Mock.PPR), secret(), captcha(CaptchaState.WORKING))))
        },
        ScreenState("sign-in-sending") { Show(filled, working = true) },
        ScreenState("sign-in-refused") { Show(filled, problem = refused) },
        ScreenState("sign-in-problem") {
            Show(form(listOf(ownPpr("12").copy(problem = wrong), secret(), captcha(CaptchaState.IDLE))))
        },
        ScreenState("sign-in-with-mail") {
            Show(filled.copy(steps = step(2u, "الرسالة والدخول", "le courriel et la connexion")), back = {})
        },
        ScreenState("sign-in-offline", notice = offline) { Show(filled) },
        ScreenState("sign-in-update", notice = update) { Show(filled) }
    )
}

/** Field of the payroll number, without help: a member who signs in knows where the number stands. */
private fun Mock.ownPpr(value: String) = ppr(value).copy(help = null)

private fun Mock.secret() = password("password", "كلمة السر", "Mot de passe")

private fun Mock.form(fields: List<FieldView>) = FormView(
    key = "sign-in",
    title = localized("تسجيل الدخول", "Connexion"),
    steps = null,
    saved = null,
    intro = null,
    summary = null,
    fields = fields,
    action = action("sign-in", "الدخول", "Se connecter", "Se connecter"),
    previous = null,
    notice = null
)

@Composable
private fun Mock.Show(form: FormView, problem: String? = null, working: Boolean = false, back: (() -> Unit)? = null) {
    val welcome = WelcomeView(
        foundation = localized("مؤسسة الأعمال الاجتماعية", "Fondation des Œuvres Sociales"),
        ministry = localized("وزارة الاقتصاد والمالية", "Ministère de l’Économie et des Finances"),
        otherLanguage = localized("Français", "العربية"),
        other = if (language == Language.AR) Language.FR else Language.AR,
        firstTime = localized("أول مرة هنا؟ أو نسيت كلمة السر؟", "Première fois ici ? Mot de passe oublié ?"),
        firstTimeText = localized(
            "نرسل إليك كلمة سر مؤقتة عبر البريد.",
            "Nous vous envoyons un mot de passe provisoire par courriel."
        ),
        ask = action("ask-password", "طلب كلمة السر", "Récupérer mot de passe", "Récupérer mot de Passe")
    )
    val secrets = Secrets().apply { field("password").setTextAndPlaceCursorAtEnd("mot-essai-1") }
    SignInScreen(
        FormUiState(form, problem, working),
        welcome,
        secrets,
        NoFormEvents,
        SignInNavigation(onBack = back)
    )
}
