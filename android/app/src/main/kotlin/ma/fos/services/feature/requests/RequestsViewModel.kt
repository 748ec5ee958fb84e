package ma.fos.services.feature.requests

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import ma.fos.core.RequestsView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the list of requests. */
internal data class RequestsUiState(
    val read: ReadResult<RequestsView> = ReadResult(),
    val problem: String? = null,
    val refreshing: Boolean = false,
    /** Service of the draft that the member is asked whether to delete. */
    val draftToConfirm: String? = null
)

/** Action on the list of requests. */
internal sealed interface RequestsAction {
    /** Fetches the requests on file. */
    data object Refresh : RequestsAction

    /** Opens the question before the draft of a [service] is deleted; `null` closes it. */
    data class AskBeforeDelete(val service: String?) : RequestsAction

    /** Deletes the draft of a [service]. */
    data class Delete(val service: String) : RequestsAction

    /** Returns an entry of the outbox to the drafts, by its idempotency [key]. */
    data class ReturnToDraft(val key: String) : RequestsAction
}

/** View model of the list of requests; its event is the service of the draft that an entry has become. */
internal class RequestsViewModel(core: CoreState, private val savedState: SavedStateHandle) :
    ScreenViewModel<RequestsUiState, String>(core, RequestsUiState(draftToConfirm = savedState[DRAFT_TO_CONFIRM])) {
    // Errors of the background refresh are shown by the notices alone.
    private val backgroundRefresh = action()
    private val refresh = action { copy(problem = firstProblem, refreshing = it.isRunning) }
    private val returnToDraft = action { copy(problem = firstProblem) }
    private val delete = action { copy(problem = firstProblem) }

    init {
        val changes = core.changes { Triple(it.language, it.requestsVersion, it.catalogueVersion) }
        observe(changes, { core.requests.list() }) { copy(read = it) }
        core.changes { it.notices }.drop(1).onEach { refresh.clearProblem() }.launchIn(viewModelScope)
    }

    override fun onShown() = backgroundRefresh.run(quiet = true) { core.requests.refresh() }

    fun onAction(action: RequestsAction) = when (action) {
        RequestsAction.Refresh -> refresh.run { core.requests.refresh() }

        is RequestsAction.ReturnToDraft -> returnToDraft.run {
            send(core.onWorker { core.requests.returnToDraft(action.key) })
        }

        is RequestsAction.AskBeforeDelete -> ask(action.service)

        is RequestsAction.Delete -> {
            ask(null)
            delete.run { core.onWorker { core.requests.discardDraft(action.service) } }
        }
    }

    private fun ask(service: String?) {
        savedState[DRAFT_TO_CONFIRM] = service
        update { copy(draftToConfirm = service) }
    }

    private companion object {
        const val DRAFT_TO_CONFIRM = "draft-to-confirm"
    }
}
