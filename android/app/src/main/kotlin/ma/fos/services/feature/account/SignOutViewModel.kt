package ma.fos.services.feature.account

import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.update
import ma.fos.core.SignOutConfirmation
import ma.fos.core.UnsentWork
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the confirmation of a sign-out; [working] is the action that runs, [unread] the error in place of the [view]. */
internal data class SignOutUiState(
    val view: SignOutConfirmation? = null,
    val unread: String? = null,
    val problem: String? = null,
    val working: UnsentWork? = null
)

/** View model of the confirmation of a sign-out; its event is that no unsent work is left. */
internal class SignOutViewModel(core: CoreState) : ScreenViewModel<SignOutUiState, Unit>(core, SignOutUiState()) {
    private val signOut = action { copy(problem = firstProblem, working = working.takeIf { _ -> it.isRunning }) }

    init {
        val changes = core.changes { it.language to it.requestsVersion }
        core.reads(changes) { core.account.signOutConfirmation() }.onEach(::show).launchIn(viewModelScope)
    }

    /** Signs out, and does [work] with what is unsent. */
    fun signOut(work: UnsentWork) {
        if (signOut.isRunning) return
        update { copy(working = work) }
        signOut.run { core.account.signOut(work) }
    }

    /** Keeps the view on the screen while the sign-out runs, after which the core has none. */
    private fun show(read: ReadResult<SignOutConfirmation?>) {
        if (read.view != null) {
            update { copy(view = read.view, unread = null) }
        } else if (read.problem != null) {
            update { copy(unread = read.problem.takeIf { view == null }) }
        } else if (!signOut.isRunning) {
            send(Unit)
        }
    }
}
