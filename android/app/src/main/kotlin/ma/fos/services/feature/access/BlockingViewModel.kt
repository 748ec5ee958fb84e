package ma.fos.services.feature.access

import ma.fos.services.core.ActionState
import ma.fos.services.core.CoreState
import ma.fos.services.core.ScreenViewModel

/** View model of the screen in place of sign-in; its state is the progress of its only action. */
internal class BlockingViewModel(core: CoreState) : ScreenViewModel<ActionState, Nothing>(core, ActionState()) {
    private val recheck = action { it }

    /** Fetches the config again. */
    fun recheck() = recheck.run { core.fos.recheck() }
}
