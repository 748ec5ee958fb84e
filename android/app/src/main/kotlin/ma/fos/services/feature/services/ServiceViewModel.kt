package ma.fos.services.feature.services

import ma.fos.core.FileView
import ma.fos.core.ServiceView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the page of a service. */
internal data class ServiceUiState(
    val read: ReadResult<ServiceView> = ReadResult(),
    val problem: String? = null,
    val fetching: Boolean = false
)

/** Action on the page of a service. */
internal sealed interface ServiceAction {
    /** Fetches the circular, and opens it in another app. */
    data object OpenCircular : ServiceAction
}

/** View model of the page of a service, by its [id]; its event is the circular that was fetched. */
internal class ServiceViewModel(core: CoreState, private val id: String) :
    ScreenViewModel<ServiceUiState, FileView>(core, ServiceUiState()) {
    private val circular = action { copy(problem = firstProblem, fetching = it.isRunning) }

    init {
        val changes = core.changes { it.language to it.catalogueVersion }
        observe(changes, { core.services.service(id) }) { copy(read = it) }
    }

    fun onAction(action: ServiceAction) = when (action) {
        ServiceAction.OpenCircular -> circular.run { send(core.services.circular(id)) }
    }
}
