package ma.fos.services.feature.access

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.update
import ma.fos.core.CharterView
import ma.fos.core.Stage
import ma.fos.services.core.CoreState
import ma.fos.services.core.ScreenViewModel

/** State of the charter; no [view] until the text is there. */
internal data class CharterUiState(
    val view: CharterView? = null,
    val problem: String? = null,
    val accepting: Boolean = false,
    val refusing: Boolean = false,
    val isConfirming: Boolean = false
)

/** Action on the charter. */
internal sealed interface CharterAction {
    /** Fetches the text again after an error. */
    data object Retry : CharterAction

    /** Accepts the charter. */
    data object Accept : CharterAction

    /** Keeps the article at which the member has stopped reading. */
    data class KeepPlace(val article: Int) : CharterAction

    /** Opens the question before the charter is refused. */
    data object AskBeforeRefuse : CharterAction

    /** Closes the question. */
    data object Cancel : CharterAction

    /** Refuses the charter, which signs the member out. */
    data object Refuse : CharterAction
}

/** View model of the charter: to be answered, or to be read again only. */
internal class CharterViewModel(core: CoreState, isReadOnly: Boolean, private val savedState: SavedStateHandle) :
    ScreenViewModel<CharterUiState, Nothing>(core, CharterUiState(isConfirming = savedState[CONFIRMING] ?: false)) {
    private val fetch = action { copy(problem = firstProblem) }
    private val accept = action { copy(problem = firstProblem, accepting = it.isRunning) }
    private val refuse = action { copy(problem = firstProblem, refusing = it.isRunning) }

    init {
        core.changes { Triple(it.stage, it.language, it.stageVersion) }
            // On its way out, once it was answered, it has nothing more to fetch.
            .onEach { (stage) -> if (isReadOnly || stage == Stage.CHARTER) load() }
            .launchIn(viewModelScope)
    }

    fun onAction(action: CharterAction) {
        if (action is CharterAction.KeepPlace) {
            uiState.value.view?.let { core.access.keepCharterPlace(it.edition, action.article.toUInt()) }
            return
        }
        val isConfirming = action == CharterAction.AskBeforeRefuse
        savedState[CONFIRMING] = isConfirming
        update { copy(isConfirming = isConfirming) }
        when (action) {
            CharterAction.Retry -> load()
            CharterAction.Accept -> accept.run { core.access.acceptCharter() }
            CharterAction.Refuse -> refuse.run { core.access.refuseCharter() }
            is CharterAction.KeepPlace, CharterAction.AskBeforeRefuse, CharterAction.Cancel -> Unit
        }
    }

    /** Fetches the text; again in another language, although the first is still under way. */
    private fun load() = fetch.restart {
        val view = core.access.charter()
        update { copy(view = view) }
    }

    private companion object {
        const val CONFIRMING = "confirming"
    }
}
