package ma.fos.services.core

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.StateFlow
import ma.fos.services.ui.components.SnackbarMessage

/** Holds what belongs to no single screen over a rotation, and the link that was followed over a killed process too. */
internal class AppViewModel(private val savedState: SavedStateHandle = SavedStateHandle()) : ViewModel() {
    val snackbar = SnackbarMessage()

    /** Address of the page that opens as soon as the member is in the space; `null` if there is none. */
    val link: StateFlow<String?> = savedState.getStateFlow(LINK, null)

    private val rechecking = AsyncAction(viewModelScope, onSessionEnded = {})
    private val settingLanguage = AsyncAction(viewModelScope, onSessionEnded = {})

    /** Follows a link to a page of the app, in place of one that still waits. */
    fun follow(address: String) {
        savedState[LINK] = address
    }

    /** Drops the link: its page is open, or it has none. */
    fun onLinkFollowed() {
        savedState[LINK] = null
    }

    /** Runs [work], which checks again what blocks the app, unless it runs already. */
    fun recheck(work: suspend () -> Unit) = rechecking.run(work = work)

    /** Runs [work], which stores the language that the system has been set to, unless it runs already. */
    fun setLanguage(work: suspend () -> Unit) = settingLanguage.run(work = work)

    private companion object {
        const val LINK = "link"
    }
}
