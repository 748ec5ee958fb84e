package ma.fos.services.core

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.flow.update

/**
 * View model of one screen: [uiState] is all that the screen shows, and each of [events] reaches its route once, also one that
 * was sent while the screen was rotated or covered. Files are read and written on a worker. On the main thread only.
 */
internal abstract class ScreenViewModel<State : Any, Event>(protected val core: CoreState, initial: State) :
    ViewModel() {
    private val state = MutableStateFlow(initial)
    private val eventChannel = Channel<Event>(Channel.UNLIMITED)
    private val actions = mutableListOf<AsyncAction>()

    /** Problem to show: that of the action that was created first. The success of one takes away no other's. */
    protected val firstProblem: String? get() = actions.firstNotNullOfOrNull { it.problem }

    val uiState: StateFlow<State> = state.asStateFlow()
    val events: Flow<Event> = eventChannel.receiveAsFlow()

    private var isShown = false

    /** Reports that the screen is composed, again after a rotation too. */
    fun show() {
        if (isShown) return
        isShown = true
        onShown()
    }

    /** Reports that the screen is covered or left. */
    fun hide() {
        isShown = false
        onHidden()
    }

    /** Called when the screen opens, and when what has covered it is gone: what is stored may be old by then. */
    protected open fun onShown() = Unit

    /** Called when the screen is covered or left, but not when the phone is rotated: what went wrong there is history. */
    protected open fun onHidden() = actions.forEach(AsyncAction::clearProblem)

    protected fun update(change: State.() -> State) = state.update(change)

    protected fun send(event: Event) {
        eventChannel.trySend(event)
    }

    /** Returns an action that ends with the screen; [show] puts its progress into the state. Without it, nothing of it shows. */
    protected fun action(show: (State.(ActionState) -> State)? = null): AsyncAction {
        val action = AsyncAction(viewModelScope, core::askToSignIn) { running ->
            if (show != null) update { show(running) }
        }
        if (show != null) actions += action
        return action
    }

    /** Reads a view on a worker, now and at each of [changes]; the last view stays in the state until the next is read. */
    protected fun <Key, View> observe(
        changes: Flow<Key>,
        read: (Key) -> View,
        show: State.(ReadResult<View>) -> State
    ) {
        core.reads(changes, read).onEach { update { show(it) } }.launchIn(viewModelScope)
    }
}
