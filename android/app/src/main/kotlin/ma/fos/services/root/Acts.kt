package ma.fos.services.root

import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import ma.fos.core.Form
import ma.fos.core.FosException
import ma.fos.core.SubmitOutcome
import ma.fos.services.forms.Secrets
import ma.fos.services.text

/** Actions that the member has started, and the secrets they are typing: both outlive the rotation of their screen. */
internal class Acts : ViewModel() {
    private val acts = mutableMapOf<String, Act>()
    private val secrets = mutableMapOf<String, Secrets>()

    /** True while the sheet is open that signs the same member in again. */
    var signingIn by mutableStateOf(false)

    /** True while help lies over the screen, which is not left by that. */
    var helping = false

    /** Confirmation of the last action, which the page that follows shows. */
    val said = SnackbarHostState()

    /** Says it, if there is anything to say, in place of what was said before. */
    fun say(done: String?) {
        val words = done ?: return
        said.currentSnackbarData?.dismiss()
        viewModelScope.launch { said.showSnackbar(words) }
    }

    /** The request form that was fetched for the page on the screen. */
    val requestForm = FetchedForm()

    /** The act of one button, by its key. */
    fun act(key: String): Act = acts.getOrPut(key) { Act(viewModelScope) { signingIn = true } }

    /** The secrets of one form, by its key: in this process's memory and nowhere else. */
    fun secrets(key: String): Secrets = secrets.getOrPut(key) { Secrets() }
}

/** A form that was fetched for a page: it outlives the page's rotation, and goes when the page is left. */
@Stable
internal class FetchedForm {
    private var service: String? = null

    private var form by mutableStateOf<Form?>(null)

    /** Returns the form of [service]; `null` until it is fetched. */
    fun of(service: String): Form? = form.takeIf { this.service == service }

    /** Begins the page of [service], unless it is the one that shows. */
    fun begin(service: String) {
        if (this.service == service) return
        this.service = service
        form = null
    }

    /** Keeps what was fetched for [service], unless its page was left meanwhile. */
    fun keep(service: String, fetched: Form) {
        if (this.service == service) form = fetched
    }

    /** Ends the page of [service]. */
    fun leave(service: String) {
        if (this.service != service) return
        this.service = null
        form = null
    }
}

/** One button's work: at work or not, and what went wrong the last time. */
@Stable
internal class Act(private val scope: CoroutineScope, private val onSessionEnded: () -> Unit) {
    var working by mutableStateOf(false)
        private set
    var problem by mutableStateOf<String?>(null)
        private set

    /** Outcome of the last [submit]; `null` while it runs and after it failed. */
    var outcome by mutableStateOf<SubmitOutcome?>(null)
        private set

    /**
     * Runs [work] unless it runs already: a second tap does nothing. Where the session turns out to have ended, the
     * member is asked to sign in again; not for what they did not ask for themselves ([quiet]).
     */
    fun run(quiet: Boolean = false, work: suspend () -> Unit) {
        if (working) return
        working = true
        problem = null
        scope.launch {
            try {
                work()
            } catch (ended: FosException.SignInAgain) {
                problem = ended.text
                if (!quiet) onSessionEnded()
            } catch (failed: FosException) {
                problem = failed.text
            } finally {
                working = false
            }
        }
    }

    /** Submits a form, as [run], and keeps its [outcome]; returns false, and does nothing, while another work runs. */
    fun submit(work: suspend () -> SubmitOutcome): Boolean {
        if (working) return false
        outcome = null
        run { outcome = work() }
        return true
    }

    /** Forgets what went wrong: its screen was left. */
    fun settle() {
        problem = null
    }
}

internal val LocalActs = staticCompositionLocalOf<Acts> { error("no acts around") }
