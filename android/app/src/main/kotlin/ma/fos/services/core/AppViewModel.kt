package ma.fos.services.core

import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.launch
import ma.fos.core.Form
import ma.fos.services.ui.forms.Secrets

/** Holds running actions, typed secrets and the snackbar across rotations. */
internal class AppViewModel : ViewModel() {
    private val actions = mutableMapOf<String, AsyncAction>()
    private val secrets = mutableMapOf<String, Secrets>()

    /** True while [ma.fos.services.feature.access.SignInAgainSheet] is open. */
    var isSigningIn by mutableStateOf(false)

    /** True while help covers the screen; the form below keeps its typed secrets. */
    var isHelpOpen = false

    /** Snackbar of the app; outlives the screen that posted the message. */
    val snackbar = SnackbarHostState()

    /** Shows a confirmation, if there is one, in place of the last. */
    fun showSnackbar(message: String?) {
        val text = message ?: return
        snackbar.currentSnackbarData?.dismiss()
        viewModelScope.launch { snackbar.showSnackbar(text) }
    }

    /** The request form that was fetched for the page on the screen. */
    val requestForm = FetchedForm()

    /** Returns the action with this [key], created at the first call. */
    fun action(key: String): AsyncAction = actions.getOrPut(key) { AsyncAction(viewModelScope) { isSigningIn = true } }

    /** The secrets of one form, by its key: in this process's memory and nowhere else. */
    fun secrets(key: String): Secrets = secrets.getOrPut(key) { Secrets() }
}

/** Form that was fetched for a page: survives a rotation, cleared when the page closes. */
@Stable
internal class FetchedForm {
    private var service: String? = null

    private var form by mutableStateOf<Form?>(null)

    /** Returns the form of [service]; `null` until it is fetched. */
    fun get(service: String): Form? = form.takeIf { this.service == service }

    /** Selects [service], and drops the form of another one. */
    fun open(service: String) {
        if (this.service == service) return
        this.service = service
        form = null
    }

    /** Stores what was fetched for [service], unless its page has closed meanwhile. */
    fun set(service: String, fetched: Form) {
        if (this.service == service) form = fetched
    }

    /** Drops the form of [service]: its page has closed. */
    fun close(service: String) {
        if (this.service != service) return
        this.service = null
        form = null
    }
}

internal val LocalAppViewModel = staticCompositionLocalOf<AppViewModel> { error("no view model provided") }
