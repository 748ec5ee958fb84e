package ma.fos.services.core

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
 * State of the open core for the screens. Reads again, on the main thread, whatever a [Change] names: that carries no data, so
 * that it costs only what is read.
 */
@Stable
internal class CoreState(val fos: Fos, private val main: Handler) : Observer {
    val access: Access = fos.access()
    val forms = AccessForms(access)
    val services: Services = fos.services()
    val requests: Requests = fos.requests()
    val account: Account = fos.account()

    /** Decides for [ma.fos.services.ui.components.TapGate] whether a touch counts. */
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
    var blockingScreen: BlockingView? by mutableStateOf(fos.blockingScreen())
        private set

    /** Incremented at each change of the stage, and when another edition of the charter is due. */
    var stageVersion by mutableIntStateOf(0)
        private set

    /** Incremented when the catalogue changes; a key for `remember`. */
    var catalogueVersion by mutableIntStateOf(0)
        private set

    /** Incremented when drafts, outbox or requests change; a key for `remember`. */
    var requestsVersion by mutableIntStateOf(0)
        private set

    /** Incremented when the core changes a form by itself. */
    var formVersion by mutableIntStateOf(0)
        private set

    // Strong reference: garbage collection would end the subscription.
    @Suppress("unused")
    private val subscription: Subscription = fos.observe(this)

    override fun onChange(change: Change) {
        main.post { read(change) }
    }

    /** Stores the member's language; the screens follow by its [Change]. */
    suspend fun setLanguage(language: Language) = withContext(Dispatchers.IO) { fos.setLanguage(language) }

    /** Stores the member's theme; the screens follow by its [Change]. */
    suspend fun setTheme(theme: Theme) = withContext(Dispatchers.IO) { fos.setTheme(theme) }

    private fun read(change: Change) {
        when (change) {
            Change.STAGE -> {
                blockingScreen = fos.blockingScreen()
                stage = fos.stage()
                stageVersion++
            }

            Change.NOTICES -> {
                blockingScreen = fos.blockingScreen()
                notices = fos.notices()
            }

            Change.LANGUAGE -> {
                phrases = fos.phrases()
                notices = fos.notices()
                blockingScreen = fos.blockingScreen()
                language = fos.language()
            }

            Change.THEME -> theme = fos.theme()

            Change.CATALOGUE -> catalogueVersion++

            Change.FORM -> formVersion++

            Change.REQUESTS -> requestsVersion++
        }
    }
}

/** Sign-in and password forms; the core has one of each while it is open. */
internal class AccessForms(access: Access) {
    val signIn: Form = access.signIn()
    val signInAgain: Form = access.signInAgain()
    val passwordRequest: Form = access.passwordRequest()
    val newPassword: Form = access.newPassword()
    val changePassword: Form = access.changePassword()
}

/** Localized message of the error, ready for display. */
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
