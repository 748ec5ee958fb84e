package ma.fos.services.preview

import androidx.compose.foundation.text.input.setTextAndPlaceCursorAtEnd
import androidx.compose.runtime.Composable
import ma.fos.core.FieldView
import ma.fos.core.FormView
import ma.fos.services.ui.forms.FormScreen
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.Secrets

internal fun passwordRequestStates(mock: Mock): List<ScreenState> = with(mock) {
    val active = listOf(kind("active"), ppr(Mock.PPR), cin(Mock.CIN), mail(Mock.MAIL))
    val wrong = localized(
        "حرف أو حرفان ثم أرقام، كما في البطاقة.",
        "Une ou deux lettres puis des chiffres, comme sur la carte."
    )
    listOf(
        ScreenState("password-request-empty") { Show(request(listOf(kind(""), ppr(""), cin(""), mail("")))) },
        ScreenState("password-request-active") { Show(request(active)) },
        ScreenState("password-request-retired") {
            Show(request(listOf(kind("retired"), ppr(Mock.PPR), cin(Mock.CIN), mail(Mock.MAIL), pension("88/4521"))))
        },
        ScreenState("password-request-problem") {
            Show(
                request(active.map { if (it.key == "cin") it.copy(value = "1234", problem = wrong) else it })
                    .copy(summary = localized("خانة واحدة تحتاج إلى تصحيح.", "Un champ est à corriger."))
            )
        },
        ScreenState("password-request-offline", notice = offline) { Show(request(active)) }
    )
}

internal fun newPasswordStates(mock: Mock): List<ScreenState> = with(mock) {
    val fields = listOf(
        password("new", "كلمة السر الجديدة", "Nouveau mot de passe", fresh = true)
            .copy(
                help = localized(
                    "جملة قصيرة أسهل حفظًا من كلمة معقدة.",
                    "Une courte phrase se retient mieux qu’un mot compliqué."
                ),
                rules = rules(0)
            ),
        password("again", "أعد كتابتها", "Écrivez-le une seconde fois", fresh = true).copy(last = true)
    )
    val differs = localized("لا تطابق الأولى. أعد كتابتها.", "Il ne correspond pas au premier. Réécrivez-le.")
    listOf(
        ScreenState("new-password-typed") { Show(change(withStrength(fields, 3, 3u)), typed = true) },
        ScreenState("new-password-weak") { Show(change(withStrength(fields, 1, 1u)), typed = true) },
        ScreenState("new-password-fair") { Show(change(withStrength(fields, 2, 2u)), typed = true) },
        ScreenState("new-password-strong") { Show(change(withStrength(fields, 3, 4u)), typed = true) },
        ScreenState("new-password-empty") { Show(change(fields)) },
        ScreenState("new-password-problem") {
            Show(
                change(withStrength(fields, 3, 3u).map { if (it.key == "again") it.copy(problem = differs) else it }),
                typed = true
            )
        }
    )
}

/** Another password in place of one's own. */
internal fun Mock.changeForm(): FormView {
    val current = password("current", "كلمة السر الحالية", "Mot de passe actuel")
    return change(emptyList())
        .copy(
            key = "change-password",
            steps = null,
            title = localized("تغيير كلمة السر", "Changer le mot de passe"),
            intro = localized("ستخرج أجهزتك الأخرى من حسابك.", "Vos autres appareils seront déconnectés."),
            fields = listOf(
                current,
                password("new", "كلمة السر الجديدة", "Nouveau mot de passe", fresh = true).copy(rules = rules(1)),
                password("again", "أعد كتابتها", "Écrivez-le une seconde fois", fresh = true).copy(last = true)
            )
        )
}

private fun Mock.withStrength(fields: List<FieldView>, met: Int, bars: UInt) = fields.map {
    if (it.key == "new") it.copy(rules = rules(met), strength = strength(bars)) else it
}

private fun Mock.request(fields: List<FieldView>) = FormView(
    key = "password-request",
    title = localized("طلب كلمة السر", "Récupérer mot de passe"),
    steps = step(1u, "معلوماتك", "vos informations"),
    saved = null,
    intro = null,
    summary = null,
    fields = fields,
    action = action("send", "إرسال", "Envoyer", "Envoyer"),
    previous = null,
    notice = localized(
        "تُستعمل هذه المعلومات للتعرف عليك وإرسال كلمة السر.",
        "Ces informations servent à vous reconnaître et à vous envoyer le mot de passe."
    )
)

private fun Mock.change(fields: List<FieldView>) = FormView(
    key = "new-password",
    title = localized("كلمة سر جديدة", "Nouveau mot de passe"),
    steps = step(4u, "الأخيرة", "la dernière"),
    saved = null,
    intro = localized(
        "اختر كلمة سر لك وحدك. كلمة البريد لن تعمل بعدها.",
        "Choisissez un mot de passe connu de vous seul. Celui du courriel ne servira plus."
    ),
    summary = null,
    fields = fields,
    action = action("change-password", "تغيير كلمة السر", "Changer le mot de passe", "Changer le mot de passe"),
    previous = null,
    notice = null
)

@Composable
private fun Show(form: FormView, typed: Boolean = false) {
    val secrets = Secrets()
    if (typed) {
        secrets.field("new").setTextAndPlaceCursorAtEnd("zitoun-jbel-92")
        secrets.field("again").setTextAndPlaceCursorAtEnd("zitoun-jbel-9")
    }
    FormScreen(
        FormUiState(form),
        secrets,
        NoFormEvents,
        onBack = if (form.key == "new-password") null else ({})
    )
}
