package ma.fos.services.core

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import ma.fos.core.FosException

/** Progress of an asynchronous action: true while it runs, and the message of its last error. */
internal data class ActionState(val isRunning: Boolean = false, val problem: String? = null)

/** Asynchronous action of a screen; [onState] gets each [ActionState]. On the main thread only. */
internal class AsyncAction(
    private val scope: CoroutineScope,
    private val onSessionEnded: () -> Unit,
    private val onState: (ActionState) -> Unit = {}
) {
    private var state = ActionState()
        set(value) {
            field = value
            onState(value)
        }

    private var job: Job? = null
    private var runs = 0

    val isRunning get() = state.isRunning

    /** Message of the last error; `null` while it runs. */
    val problem get() = state.problem

    /**
     * Runs [work] unless it runs already: a second tap does nothing. If the session has ended, asks the member to sign in again, but not for
     * work that they did not start ([quiet]).
     */
    fun run(quiet: Boolean = false, work: suspend () -> Unit) {
        if (!isRunning) start(quiet, work)
    }

    /** Runs [work] in place of what runs already, whose result is out of date. */
    fun restart(work: suspend () -> Unit) = start(quiet = false, work)

    private fun start(quiet: Boolean, work: suspend () -> Unit) {
        val run = ++runs
        job?.cancel()
        state = ActionState(isRunning = true)
        job = scope.launch {
            var problem: String? = null
            try {
                work()
            } catch (failed: FosException) {
                // A form names its own problems.
                problem = failed.text.takeUnless { failed is FosException.InvalidFields }
                if (failed is FosException.SignInAgain && !quiet) onSessionEnded()
            } finally {
                if (run == runs) state = ActionState(problem = problem)
            }
        }
    }

    /** Clears the message of the last error. */
    fun clearProblem() {
        if (state.problem != null) state = state.copy(problem = null)
    }
}
