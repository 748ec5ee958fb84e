package ma.fos.services

import android.os.Handler
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import ma.fos.core.Access
import ma.fos.core.Account
import ma.fos.core.BlockingView
import ma.fos.core.Change
import ma.fos.core.Form
import ma.fos.core.Fos
import ma.fos.core.FosException
import ma.fos.core.Language
import ma.fos.core.NoticeView
import ma.fos.core.Observer
import ma.fos.core.Phrase
import ma.fos.core.Requests
import ma.fos.core.Services
import ma.fos.core.Stage
import ma.fos.core.Subscription
import ma.fos.core.TapGuard
import ma.fos.core.Theme

/**
 * The open core as the screens see it: what it says has changed is read again, once, on the main thread.
 * A [Change] carries no data, so a view's cost is its own.
 */
@Stable
internal class FosLive(val fos: Fos, private val main: Handler) : Observer {
    val access: Access = fos.access()
    val forms = Forms(access)
    val services: Services = fos.services()
    val requests: Requests = fos.requests()
    val account: Account = fos.account()

    /** Judges touches for [ma.fos.services.root.Taps]. */
    val tapGuard = TapGuard()

    var stage: Stage by mutableStateOf(fos.stage())
        private set
    var language: Language by mutableStateOf(fos.language())
        private set
    var theme: Theme by mutableStateOf(fos.theme())
        private set
    var phrases: Map<Phrase, String> by mutableStateOf(fos.phrases())
        private set
    var notices: List<NoticeView> by mutableStateOf(fos.notices())
        private set

    /** Screen that replaces the sign-in screen of a signed-out member; `null` if there is none. */
    var gate: BlockingView? by mutableStateOf(fos.blockingScreen())
        private set

    /** Counts what was said of the stage: that another charter has to be read is said so too. */
    var turns by mutableIntStateOf(0)
        private set

    /** Counts changes of the catalogue; reading it makes a screen read its list again. */
    var catalogue by mutableIntStateOf(0)
        private set

    /** Counts changes of what the member fills in, has sent or has on file. */
    var work by mutableIntStateOf(0)
        private set

    /** Counts changes of a form that the member did not make. */
    var form by mutableIntStateOf(0)
        private set

    // Held for as long as the process lives: letting go of it would end the watching.
    @Suppress("unused")
    private val watch: Subscription = fos.observe(this)

    override fun onChange(change: Change) {
        main.post { read(change) }
    }

    /** Says the member's language to the core, which keeps it; everything else follows from its [Change]. */
    suspend fun speak(language: Language) = withContext(Dispatchers.IO) { fos.setLanguage(language) }

    /** Says to the core what the member chose, as [speak] does. */
    suspend fun shade(theme: Theme) = withContext(Dispatchers.IO) { fos.setTheme(theme) }

    private fun read(change: Change) {
        when (change) {
            Change.STAGE -> {
                gate = fos.blockingScreen()
                stage = fos.stage()
                turns++
            }

            Change.NOTICES -> {
                gate = fos.blockingScreen()
                notices = fos.notices()
            }

            Change.LANGUAGE -> {
                phrases = fos.phrases()
                notices = fos.notices()
                gate = fos.blockingScreen()
                language = fos.language()
            }

            Change.THEME -> theme = fos.theme()

            Change.CATALOGUE -> catalogue++

            Change.FORM -> form++

            Change.REQUESTS -> work++
        }
    }
}

/** The forms of the access: the core has one of each, for as long as it is open. */
internal class Forms(access: Access) {
    val signIn: Form = access.signIn()
    val signInAgain: Form = access.signInAgain()
    val passwordRequest: Form = access.passwordRequest()
    val newPassword: Form = access.newPassword()
    val changePassword: Form = access.changePassword()
}

/** Text of the error for the member: finished, in their language. */
internal val FosException.text: String
    get() = when (this) {
        is FosException.Offline -> text
        is FosException.TryLater -> text
        is FosException.Refused -> text
        is FosException.SignInAgain -> text
        is FosException.UpdateNeeded -> text
        is FosException.NotAllowed -> text
        is FosException.Storage -> text
        is FosException.Cancelled -> text
        is FosException.Bug -> text
    }
