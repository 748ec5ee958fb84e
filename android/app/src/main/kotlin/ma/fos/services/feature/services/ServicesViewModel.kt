package ma.fos.services.feature.services

import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.runtime.snapshotFlow
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.update
import ma.fos.core.ServicesView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel
import ma.fos.services.ui.components.withoutLoneSurrogates

/** State of the list of services. */
internal data class ServicesUiState(
    val read: ReadResult<ServicesView> = ReadResult(),
    val problem: String? = null,
    /** True while a refresh runs that the member asked for. */
    val refreshing: Boolean = false
)

/** Action on the list of services. */
internal sealed interface ServicesAction {
    /** Shows the services of a category, by its key. */
    data class Choose(val category: String) : ServicesAction

    /** Fetches the catalogue. */
    data object Refresh : ServicesAction
}

/** View model of the list of services. The text and the category survive a killed process. */
internal class ServicesViewModel(core: CoreState, private val savedState: SavedStateHandle) :
    ScreenViewModel<ServicesUiState, Nothing>(core, ServicesUiState()) {
    /** Text that is searched for; the list follows the latest. */
    val search = TextFieldState(savedState[SEARCH] ?: "")

    private val category = savedState.getStateFlow(CATEGORY, "")

    /** Number of times that the list has opened, or was uncovered: a request may be unfinished since. */
    private val openings = MutableStateFlow(0)
    private val refresh = action { copy(problem = firstProblem, refreshing = refreshing && it.isRunning) }

    init {
        val text = snapshotFlow { search.text.toString() }.onEach { savedState[SEARCH] = it }
        val changes = core.changes { it.language to it.catalogueVersion }
        val queries = combine(text, category, changes, openings) { typed, category, _, _ -> typed to category }
        observe(queries, { (typed, category) ->
            core.services.list(typed.withoutLoneSurrogates(), category)
        }) { copy(read = it) }
        // A change of the notices outdates the error.
        core.changes { it.notices }.drop(1).onEach { refresh.clearProblem() }.launchIn(viewModelScope)
    }

    override fun onShown() {
        openings.value++
        refresh.run(quiet = true) { core.services.refreshIfStale() }
    }

    fun onAction(action: ServicesAction) = when (action) {
        is ServicesAction.Choose -> savedState[CATEGORY] = action.category

        ServicesAction.Refresh -> {
            update { copy(refreshing = true) }
            refresh.run { core.services.refresh() }
        }
    }

    private companion object {
        const val SEARCH = "search"
        const val CATEGORY = "category"
    }
}
