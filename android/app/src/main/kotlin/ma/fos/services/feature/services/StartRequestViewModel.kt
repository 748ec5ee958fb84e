package ma.fos.services.feature.services

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.update
import ma.fos.core.StartView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the start of a request. */
internal data class StartRequestUiState(
    val read: ReadResult<StartView> = ReadResult(),
    val problem: String? = null,
    val startingOver: Boolean = false,
    val isConfirming: Boolean = false
)

/** Action on the start of a request. */
internal sealed interface StartRequestAction {
    /** Opens the question before the draft is discarded. */
    data object AskBeforeStartOver : StartRequestAction

    /** Closes the question. */
    data object Cancel : StartRequestAction

    /** Discards the draft. */
    data object StartOver : StartRequestAction
}

/** View model of the start of a request, by the service's [id]; its event is that the draft was discarded. */
internal class StartRequestViewModel(
    core: CoreState,
    private val id: String,
    private val savedState: SavedStateHandle
) : ScreenViewModel<StartRequestUiState, Unit>(
    core,
    StartRequestUiState(isConfirming = savedState[CONFIRMING] ?: false)
) {
    private val startOver = action { copy(problem = firstProblem, startingOver = it.isRunning) }

    init {
        val changes = core.changes { Triple(it.language, it.catalogueVersion, it.requestsVersion) }
        observe(changes, { core.services.start(id) }) { copy(read = it) }
    }

    fun onAction(action: StartRequestAction) {
        val isConfirming = action == StartRequestAction.AskBeforeStartOver
        savedState[CONFIRMING] = isConfirming
        update { copy(isConfirming = isConfirming) }
        if (action != StartRequestAction.StartOver) return
        startOver.run {
            core.onWorker { core.requests.discardDraft(id) }
            send(Unit)
        }
    }

    private companion object {
        const val CONFIRMING = "confirming"
    }
}
