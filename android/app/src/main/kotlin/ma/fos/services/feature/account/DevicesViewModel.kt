package ma.fos.services.feature.account

import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.update
import ma.fos.core.DevicesView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ScreenViewModel

/** State of the list of devices; no [view] until the portal has answered. */
internal data class DevicesUiState(
    val view: DevicesView? = null,
    val problem: String? = null,
    val working: Boolean = false
)

/** Action on the list of devices. */
internal sealed interface DevicesAction {
    /** Fetches the list again after an error. */
    data object Retry : DevicesAction

    /** Ends the session of another device, by its [id]. */
    data class End(val id: String) : DevicesAction
}

/** View model of the list of devices, which the portal has. */
internal class DevicesViewModel(core: CoreState) : ScreenViewModel<DevicesUiState, Nothing>(core, DevicesUiState()) {
    private val load = action { copy(problem = firstProblem, working = it.isRunning) }
    private val end = action { copy(problem = firstProblem, working = it.isRunning) }

    init {
        core.changes { it.language }.onEach { load.restart { fetch() } }.launchIn(viewModelScope)
    }

    fun onAction(action: DevicesAction) = when (action) {
        DevicesAction.Retry -> load.run { fetch() }

        is DevicesAction.End -> end.run {
            core.account.endDevice(action.id)
            fetch()
        }
    }

    private suspend fun fetch() {
        val view = core.account.devices()
        update { copy(view = view) }
    }
}
