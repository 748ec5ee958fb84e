package ma.fos.services.feature.requests

import ma.fos.core.FileView
import ma.fos.core.RequestView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the page of a request on file. */
internal data class RequestUiState(
    val read: ReadResult<RequestView> = ReadResult(),
    val problem: String? = null,
    val showing: Boolean = false,
    val sharing: Boolean = false
)

/** Action on the page of a request on file. */
internal sealed interface RequestAction {
    /** Opens the receipt in another app. */
    data object OpenReceipt : RequestAction

    /** Shares the receipt through the system's share sheet. */
    data object ShareReceipt : RequestAction
}

/** Receipt that was exported, to be shared or opened. */
internal class ExportedReceipt(val file: FileView, val isShared: Boolean)

/** View model of the page of a request on file, by its [id]. */
internal class RequestViewModel(core: CoreState, private val id: String) :
    ScreenViewModel<RequestUiState, ExportedReceipt>(core, RequestUiState()) {
    private val show = action { copy(problem = firstProblem, showing = it.isRunning) }
    private val share = action { copy(problem = firstProblem, sharing = it.isRunning) }

    init {
        val changes = core.changes { Triple(it.language, it.requestsVersion, it.catalogueVersion) }
        observe(changes, { core.requests.request(id) }) { copy(read = it) }
    }

    override fun onShown() = core.requests.fetchAnswers(id)

    fun onAction(action: RequestAction) = when (action) {
        RequestAction.OpenReceipt -> show.run { send(ExportedReceipt(core.requests.receipt(id), isShared = false)) }
        RequestAction.ShareReceipt -> share.run { send(ExportedReceipt(core.requests.receipt(id), isShared = true)) }
    }
}
