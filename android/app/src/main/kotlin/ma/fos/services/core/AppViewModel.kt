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

    private val action = AsyncAction(viewModelScope, onSessionEnded = {})

    /** Follows a link to a page of the app, in place of one that still waits. */
    fun follow(address: String) {
        savedState[LINK] = address
    }

    /** Drops the link: its page is open, or it has none. */
    fun onLinkFollowed() {
        savedState[LINK] = null
    }

    /** Runs [work] of the whole app, unless another runs. */
    fun run(work: suspend () -> Unit) = action.run(work = work)

    private companion object {
        const val LINK = "link"
    }
}
