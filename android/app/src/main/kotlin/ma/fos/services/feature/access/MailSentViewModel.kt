package ma.fos.services.feature.access

import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import ma.fos.core.FosException
import ma.fos.core.PasswordSentView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel
import ma.fos.services.core.read

/** State of the screen after a password was asked for. */
internal data class MailSentUiState(
    val read: ReadResult<PasswordSentView> = ReadResult(),
    val problem: String? = null,
    val correcting: Boolean = false,
    val asking: Boolean = false
)

/** Action on the screen after a password was asked for. */
internal sealed interface MailSentAction {
    /** Returns to the form, to correct the address. */
    data object CorrectAddress : MailSentAction

    /** Asks for another mail. */
    data object AskAgain : MailSentAction
}

/** View model of the screen after a password was asked for; its event is that the address cannot be corrected now. */
internal class MailSentViewModel(core: CoreState) :
    ScreenViewModel<MailSentUiState, Unit>(core, MailSentUiState()) {
    private val correct = action { copy(problem = firstProblem, correcting = it.isRunning) }
    private val ask = action { copy(problem = firstProblem, asking = it.isRunning) }
    private var countdown: Job? = null

    init {
        core.changes { it.language }.onEach { countDown() }.launchIn(viewModelScope)
    }

    fun onAction(action: MailSentAction) = when (action) {
        MailSentAction.CorrectAddress -> correct.run {
            try {
                core.access.correctAddress()
            } catch (failed: FosException) {
                send(Unit)
                throw failed
            }
        }

        MailSentAction.AskAgain -> ask.run {
            try {
                core.access.requestAgain()
            } finally {
                countDown()
            }
        }
    }

    /** Reads the view, which is in memory, each second until the member may ask again. */
    private fun countDown() {
        countdown?.cancel()
        countdown = viewModelScope.launch {
            do {
                val read = read { core.access.passwordSent() }
                update { copy(read = read) }
                delay(SECOND)
            } while (read.view?.countdown != null)
        }
    }

    private companion object {
        const val SECOND = 1000L
    }
}
