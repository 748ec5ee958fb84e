package ma.fos.services.states

import androidx.compose.runtime.Composable
import ma.fos.core.SignOutConfirmation
import ma.fos.core.UnsentWork
import ma.fos.services.account.LeavingContent
import ma.fos.services.account.LeavingEvents
import ma.fos.services.account.LeavingState

internal fun signOutStates(mock: Mock): List<ScreenState> = with(mock) {
    val drafts = say("طلب واحد بدأته ولم ترسله.", "Une demande est commencée et n’est pas envoyée.")
    val waiting = say("طلبان لم يغادرا هاتفك بعد.", "2 demandes ne sont pas encore parties.")
    val asked = SignOutConfirmation(
        title = say("قبل تسجيل الخروج", "Avant de vous déconnecter"),
        text = "$waiting\n$drafts",
        sendNow = action("send-now", "الإرسال ثم تسجيل الخروج", "Envoyer, puis se déconnecter"),
        keep = action("keep-work", "الحفظ ثم تسجيل الخروج", "Garder et se déconnecter"),
        keepLine = say(
            "إن حفظتها بقيت مشفرة في هذا الهاتف 30 يومًا، لك وحدك: تجدها عند دخولك من جديد.",
            "Gardé, tout reste chiffré sur ce téléphone pendant 30 jours, pour vous seul."
        ),
        erase = action("erase-work", "المحو ثم تسجيل الخروج", "Effacer et se déconnecter")
    )
    val problem = say("لا اتصال بالإنترنت. أعد المحاولة حين يعود.", "Pas de connexion à Internet. Réessayez.")
    listOf(
        ScreenState("sign-out-asked") { Show(LeavingState(asked)) },
        ScreenState("sign-out-drafts-only") { Show(LeavingState(asked.copy(text = drafts, sendNow = null))) },
        ScreenState("sign-out-problem") { Show(LeavingState(asked, listOf(offline), problem)) },
        ScreenState("sign-out-working") { Show(LeavingState(asked, working = UnsentWork.SEND_NOW)) }
    )
}

@Composable
private fun Show(state: LeavingState) = LeavingContent(state, LeavingEvents({}, {}))
