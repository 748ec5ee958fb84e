package ma.fos.services.core

import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import ma.fos.core.FosException
import ma.fos.core.SubmitOutcome

/** State of an asynchronous action: whether it runs, and the message of its last error. */
@Stable
internal class AsyncAction(private val scope: CoroutineScope, private val onSessionEnded: () -> Unit) {
    var isRunning by mutableStateOf(false)
        private set
    var problem by mutableStateOf<String?>(null)
        private set

    /** Outcome of the last [submit]; `null` while it runs and after it failed. */
    var outcome by mutableStateOf<SubmitOutcome?>(null)
        private set

    /**
     * Runs [work] unless it runs already: a second tap does nothing. If the session has ended, asks the member to sign in again, but not for
     * work that they did not start ([quiet]).
     */
    fun run(quiet: Boolean = false, work: suspend () -> Unit) {
        if (isRunning) return
        isRunning = true
        problem = null
        scope.launch {
            try {
                work()
            } catch (ended: FosException.SignInAgain) {
                problem = ended.text
                if (!quiet) onSessionEnded()
            } catch (failed: FosException) {
                problem = failed.text
            } finally {
                isRunning = false
            }
        }
    }

    /** Submits a form, as [run], and keeps its [outcome]; returns false, and does nothing, while another work runs. */
    fun submit(work: suspend () -> SubmitOutcome): Boolean {
        if (isRunning) return false
        outcome = null
        run { outcome = work() }
        return true
    }

    /** Clears [problem]; call it when the screen is disposed. */
    fun clearProblem() {
        problem = null
    }
}
