package ma.fos.services.ui.components

import android.view.Choreographer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.staticCompositionLocalOf
import ma.fos.core.ActionView
import ma.fos.core.TapGuardInterface

/**
 * Gate for every touch on a button: the core's guard leaves out those that the member did not mean. [now] is a monotonic
 * clock, in ms. A screen reader, a switch or a keyboard presses a button without a touch, and always gets through.
 *
 * The buttons that come and go in one frame are reported to the guard together, since each report crosses to the core;
 * [atNextFrame] runs its argument with the next frame. On the main thread only.
 */
internal class TapGate(
    private val guard: () -> TapGuardInterface?,
    private val now: () -> Long,
    private val atNextFrame: (() -> Unit) -> Unit = { Choreographer.getInstance().postFrameCallback { _ -> it() } }
) {
    private val visibleButtons = mutableSetOf<String>()
    private var reported = emptySet<String>()
    private var changedAt: Long? = null
    private var isReportScheduled = false
    private var isDispatchingTouch = false

    /** Runs [dispatch], which delivers a touch to the screen. */
    fun <T> touch(dispatch: () -> T): T {
        isDispatchingTouch = true
        try {
            return dispatch()
        } finally {
            isDispatchingTouch = false
        }
    }

    /** Runs [onClick] unless a touch pressed [button] and does not count. */
    fun click(button: String, action: ActionView, onClick: () -> Unit) {
        report()
        val guard = guard()
        if (!isDispatchingTouch || guard == null || guard.counts(button, action, now().toULong())) onClick()
    }

    /** Reports a button that has come on the screen. */
    fun appeared(button: String) {
        visibleButtons += button
        changed()
    }

    /** Reports a button that has left the screen. */
    fun disappeared(button: String) {
        visibleButtons -= button
        changed()
    }

    private fun changed() {
        changedAt = now()
        if (isReportScheduled) return
        isReportScheduled = true
        atNextFrame(::report)
    }

    private fun report() {
        isReportScheduled = false
        val at = changedAt ?: return
        val guard = guard() ?: return
        changedAt = null
        if (visibleButtons == reported) return
        reported = visibleButtons.toSet()
        guard.show(visibleButtons.toList(), at.toULong())
    }
}

/** Returns what a touch on the button of [action] does: [onClick], if it counts. */
@Composable
internal fun guarded(action: ActionView, onClick: () -> Unit): () -> Unit {
    val tapGate = LocalTapGate.current ?: return onClick
    val button = "${LocalScreenName.current}/${action.key}"
    DisposableEffect(tapGate, button) {
        tapGate.appeared(button)
        onDispose { tapGate.disappeared(button) }
    }
    return { tapGate.click(button, action, onClick) }
}

/** Tap gate of the running app; `null` in previews. */
internal val LocalTapGate = staticCompositionLocalOf<TapGate?> { null }

/** Screen and section of a button: the same action on another screen counts as another button. */
internal val LocalScreenName = compositionLocalOf { "" }
