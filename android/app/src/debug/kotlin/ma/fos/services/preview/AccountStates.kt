package ma.fos.services.preview

import androidx.compose.foundation.text.input.setTextAndPlaceCursorAtEnd
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import ma.fos.core.CaptchaState
import ma.fos.core.ChipView
import ma.fos.core.DeviceView
import ma.fos.core.DevicesView
import ma.fos.core.FormView
import ma.fos.core.Tone
import ma.fos.services.feature.access.SignInAgainSheet
import ma.fos.services.feature.account.DevicesScreen
import ma.fos.services.feature.account.DevicesUiState
import ma.fos.services.ui.forms.FormScreen
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.Secrets

internal fun accountStates(mock: Mock): List<ScreenState> = with(mock) {
    val problem = localized("لا اتصال بالإنترنت.", "Pas de connexion à Internet.")
    val typed = typed("current")
    val wrong = localized("كلمة السر غير صحيحة.", "Mot de passe incorrect.")
    listOf(
        ScreenState("devices") { Show(DevicesUiState(devices())) },
        ScreenState("devices-ending") { Show(DevicesUiState(devices(), working = true)) },
        ScreenState("devices-loading", Mock.NOTICED) { Show(DevicesUiState(null)) },
        ScreenState("devices-offline", notice = offline) { Show(DevicesUiState(null, problem)) },
        ScreenState("change-password") {
            FormScreen(FormUiState(changeForm()), typed, NoFormEvents, onBack = {})
        },
        ScreenState("change-password-problem") {
            FormScreen(FormUiState(changeForm(), problem = wrong), typed, NoFormEvents, onBack = {})
        },
        ScreenState("sign-in-again") { Again(FormUiState(again(CaptchaState.IDLE))) },
        ScreenState("sign-in-again-sending") { Again(FormUiState(again(CaptchaState.DONE), working = true)) },
        ScreenState("sign-in-again-problem") { Again(FormUiState(again(CaptchaState.DONE), problem = wrong)) }
    )
}

@Composable
private fun Show(state: DevicesUiState) = DevicesScreen(state, {})

@Composable
private fun Again(state: FormUiState) {
    val secrets = remember { typed("password") }
    SignInAgainSheet(state, secrets, NoFormEvents, {})
}

private fun typed(key: String) = Secrets().apply { field(key).setTextAndPlaceCursorAtEnd("mot-essai-1") }

private fun Mock.again(captcha: CaptchaState) = FormView(
    key = "sign-in-again",
    title = localized("استئناف الجلسة", "Reprendre la session"),
    steps = null,
    saved = null,
    intro = localized(
        "انتهت جلستك ولم يضع شيء. أدخل كلمة سر الرقم \u2066${Mock.PPR}\u2069.",
        "Votre session a pris fin, rien n’est perdu. Saisissez le mot de passe du numéro ${Mock.PPR}."
    ),
    summary = null,
    fields = listOf(password("password", "كلمة السر", "Mot de passe"), captcha(captcha)),
    action = action("sign-in-again", "الدخول من جديد", "Se reconnecter"),
    previous = null,
    notice = null
)

private fun Mock.devices() = DevicesView(
    text = localized(
        "أنت متصل من هذه الأجهزة. أخرج من الجهاز الذي ضاع منك أو أعرته.",
        "Vous êtes connecté sur ces appareils. Déconnectez celui que vous avez perdu ou prêté."
    ),
    devices = listOf(
        DeviceView(
            "1",
            "Essai A1",
            localized("استُعمل الآن", "Utilisé à l’instant"),
            ChipView("mobile", localized("هذا الهاتف", "Ce téléphone"), Tone.SUCCESS),
            null
        ),
        DeviceView(
            "2",
            localized("هاتف آخر", "Autre téléphone"),
            localized("استُعمل يوم 20 نونبر", "Utilisé le 20 novembre"),
            null,
            action("end-device", "إخراج", "Déconnecter")
        )
    )
)
