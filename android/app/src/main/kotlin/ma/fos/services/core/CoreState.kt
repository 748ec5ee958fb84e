package ma.fos.services.core

import android.os.Handler
import android.view.View
import androidx.compose.runtime.Stable
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.mapLatest
import kotlinx.coroutines.flow.update
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

/** State of the core that all screens share, and the versions of what the core changes by itself. */
internal data class AppState(
    val stage: Stage,
    val language: Language,
    val theme: Theme,
    val phrases: Map<Phrase, String>,
    val notices: List<NoticeView>,
    /** Screen that replaces the sign-in screen of a signed-out member; `null` if there is none. */
    val blockingScreen: BlockingView?,
    /** True while [ma.fos.services.feature.access.SignInAgainRoute] lies over the space. */
    val isSignInOpen: Boolean = false,
    /** Incremented at each change of the stage, and when another edition of the charter is due. */
    val stageVersion: Int = 0,
    /** Incremented when the catalogue changes. */
    val catalogueVersion: Int = 0,
    /** Incremented when drafts, outbox or requests change. */
    val requestsVersion: Int = 0,
    /** Incremented when the core changes a form by itself. */
    val formVersion: Int = 0
)

/**
 * Open core, for the view models. [state] follows each [Change], which carries no data, so that it costs only what is read
 * again. What reads or writes a file runs on [worker].
 */
@Stable
internal class CoreState(
    val fos: Fos,
    private val main: Handler,
    private val worker: CoroutineDispatcher = Dispatchers.IO
) : Observer {
    val access: Access = fos.access()
    val forms = AccessForms(access)
    val services: Services = fos.services()
    val requests: Requests = fos.requests()
    val account: Account = fos.account()

    /** Decides for [ma.fos.services.ui.components.TapGate] whether a touch counts. */
    val tapGuard = TapGuard()

    private val mutableState = MutableStateFlow(
        AppState(fos.stage(), fos.language(), fos.theme(), fos.phrases(), fos.notices(), fos.blockingScreen())
    )
    val state: StateFlow<AppState> = mutableState.asStateFlow()

    // Strong reference: garbage collection would end the subscription.
    @Suppress("unused")
    private val subscription: Subscription = fos.observe(this)

    override fun onChange(change: Change) {
        main.post { mutableState.update { it.after(change) } }
    }

    /** Stores the member's language; the screens follow by its [Change]. */
    suspend fun setLanguage(language: Language) = onWorker { fos.setLanguage(language) }

    /** Stores the member's theme; the screens follow by its [Change]. */
    suspend fun setTheme(theme: Theme) = onWorker { fos.setTheme(theme) }

    /** Opens the sheet that signs the same member in again. */
    fun askToSignIn() = mutableState.update { it.copy(isSignInOpen = true) }

    /** Closes the sheet that signs in again. */
    fun closeSignIn() = mutableState.update { it.copy(isSignInOpen = false) }

    /** Runs [work], which may read or write files, off the main thread. */
    suspend fun <Result> onWorker(work: () -> Result): Result = withContext(worker) { work() }

    /** Emits what [select] takes from the state, now and whenever it changes. */
    fun <Key> changes(select: (AppState) -> Key): Flow<Key> = state.map(select).distinctUntilChanged()

    /** Reads a view on the worker for each of [changes]; a newer change takes the place of an older one. */
    @OptIn(ExperimentalCoroutinesApi::class)
    fun <Key, View> reads(changes: Flow<Key>, view: (Key) -> View): Flow<ReadResult<View>> =
        changes.mapLatest { key -> onWorker { read { view(key) } } }

    private fun AppState.after(change: Change) = when (change) {
        Change.STAGE -> copy(
            stage = fos.stage(),
            blockingScreen = fos.blockingScreen(),
            isSignInOpen = isSignInOpen && fos.stage() == stage,
            stageVersion = stageVersion + 1
        )

        Change.NOTICES -> copy(notices = fos.notices(), blockingScreen = fos.blockingScreen())

        Change.LANGUAGE -> copy(
            phrases = fos.phrases(),
            notices = fos.notices(),
            blockingScreen = fos.blockingScreen(),
            language = fos.language()
        )

        Change.THEME -> copy(theme = fos.theme())

        Change.CATALOGUE -> copy(catalogueVersion = catalogueVersion + 1)

        Change.FORM -> copy(formVersion = formVersion + 1)

        Change.REQUESTS -> copy(requestsVersion = requestsVersion + 1)
    }
}

/** Sign-in and password forms; the core has one of each while it is open. */
internal class AccessForms(private val access: Access) {
    val signIn: Form = access.signIn()
    val signInAgain: Form = access.signInAgain()
    val newPassword: Form = access.newPassword()
    val changePassword: Form = access.changePassword()

    /** Form that asks for a password, to be read when its screen opens: the core then fills in the PPR typed at the sign-in. */
    val passwordRequest: Form get() = access.passwordRequest()
}

/** Localized message of the error, ready for display. */
internal val FosException.text: String
    get() = when (this) {
        is FosException.Offline -> text
        is FosException.TryLater -> text
        is FosException.InvalidFields -> text
        is FosException.Refused -> text
        is FosException.SignInAgain -> text
        is FosException.UpdateNeeded -> text
        is FosException.NotAllowed -> text
        is FosException.Storage -> text
        is FosException.Cancelled -> text
        is FosException.Bug -> text
    }
