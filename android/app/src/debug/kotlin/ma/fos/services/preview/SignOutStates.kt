package ma.fos.services.preview

import androidx.compose.runtime.Composable
import ma.fos.core.SignOutConfirmation
import ma.fos.core.UnsentWork
import ma.fos.services.feature.account.SignOutScreen
import ma.fos.services.feature.account.SignOutUiState

internal fun signOutStates(mock: Mock): List<ScreenState> = with(mock) {
    val drafts = localized("طلب واحد بدأته ولم ترسله.", "Une demande est commencée et n’est pas envoyée.")
    val waiting = localized("طلبان لم يغادرا هاتفك بعد.", "2 demandes ne sont pas encore parties.")
    val asked = SignOutConfirmation(
        title = localized("قبل تسجيل الخروج", "Avant de vous déconnecter"),
        text = "$waiting\n$drafts",
        sendNow = action("send-now", "الإرسال ثم تسجيل الخروج", "Envoyer, puis se déconnecter"),
        keep = action("keep-work", "الحفظ ثم تسجيل الخروج", "Garder et se déconnecter"),
        keepLine = localized(
            "إن حفظتها بقيت مشفرة في هذا الهاتف 30 يومًا، لك وحدك: تجدها عند دخولك من جديد.",
            "Gardé, tout reste chiffré sur ce téléphone pendant 30 jours, pour vous seul."
        ),
        erase = action("erase-work", "المحو ثم تسجيل الخروج", "Effacer et se déconnecter")
    )
    val problem = localized("لا اتصال بالإنترنت. أعد المحاولة حين يعود.", "Pas de connexion à Internet. Réessayez.")
    listOf(
        ScreenState("sign-out-asked") { Show(SignOutUiState(asked)) },
        ScreenState("sign-out-drafts-only") { Show(SignOutUiState(asked.copy(text = drafts, sendNow = null))) },
        ScreenState("sign-out-problem", notice = offline) { Show(SignOutUiState(asked, problem = problem)) },
        ScreenState("sign-out-working") { Show(SignOutUiState(asked, working = UnsentWork.SEND_NOW)) }
    )
}

@Composable
private fun Show(state: SignOutUiState) = SignOutScreen(state, {})
