package ma.fos.services.feature.requests

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.update
import ma.fos.core.QueuedRequestView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the page of a queued request. */
internal data class QueuedRequestUiState(
    val read: ReadResult<QueuedRequestView> = ReadResult(),
    val problem: String? = null,
    val editing: Boolean = false,
    val isConfirming: Boolean = false
)

/** Action on the page of a queued request. */
internal sealed interface QueuedRequestAction {
    /** Opens the question before the request leaves the outbox. */
    data object AskBeforeEdit : QueuedRequestAction

    /** Closes the question. */
    data object Cancel : QueuedRequestAction

    /** Returns the request to the drafts. */
    data object Edit : QueuedRequestAction
}

/** View model of a queued request, by its idempotency [key]; its event is the service of the draft that it has become. */
internal class QueuedRequestViewModel(
    core: CoreState,
    private val key: String,
    private val savedState: SavedStateHandle
) : ScreenViewModel<QueuedRequestUiState, String>(
    core,
    QueuedRequestUiState(
        isConfirming =
        savedState[CONFIRMING] ?: false
    )
) {
    private val edit = action { copy(problem = firstProblem, editing = it.isRunning) }

    init {
        val changes = core.changes { Triple(it.language, it.requestsVersion, it.catalogueVersion) }
        observe(changes, { core.requests.queuedRequest(key) }) { copy(read = it) }
    }

    fun onAction(action: QueuedRequestAction) {
        val isConfirming = action == QueuedRequestAction.AskBeforeEdit
        savedState[CONFIRMING] = isConfirming
        update { copy(isConfirming = isConfirming) }
        if (action != QueuedRequestAction.Edit) return
        edit.run { send(core.onWorker { core.requests.returnToDraft(key) }) }
    }

    private companion object {
        const val CONFIRMING = "confirming"
    }
}
