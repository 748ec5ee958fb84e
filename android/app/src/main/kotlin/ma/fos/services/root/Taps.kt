package ma.fos.services.root

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
internal class Taps(
    private val guard: () -> TapGuardInterface?,
    private val now: () -> Long,
    private val atNextFrame: (() -> Unit) -> Unit = { Choreographer.getInstance().postFrameCallback { _ -> it() } }
) {
    private val shown = mutableSetOf<String>()
    private var reported = emptySet<String>()
    private var changedAt: Long? = null
    private var due = false
    private var touching = false

    /** Runs [dispatch], which delivers a touch to the screen. */
    fun <T> touch(dispatch: () -> T): T {
        touching = true
        try {
            return dispatch()
        } finally {
            touching = false
        }
    }

    /** Runs [onClick] unless a touch pressed [button] and does not count. */
    fun press(button: String, action: ActionView, onClick: () -> Unit) {
        report()
        val guard = guard()
        if (!touching || guard == null || guard.counts(button, action, now().toULong())) onClick()
    }

    /** Reports a button that has come on the screen. */
    fun appeared(button: String) {
        shown += button
        changed()
    }

    /** Reports a button that has left the screen. */
    fun disappeared(button: String) {
        shown -= button
        changed()
    }

    private fun changed() {
        changedAt = now()
        if (due) return
        due = true
        atNextFrame(::report)
    }

    private fun report() {
        due = false
        val at = changedAt ?: return
        val guard = guard() ?: return
        changedAt = null
        if (shown == reported) return
        reported = shown.toSet()
        guard.show(shown.toList(), at.toULong())
    }
}

/** Returns what a touch on the button of [action] does: [onClick], if it counts. */
@Composable
internal fun guarded(action: ActionView, onClick: () -> Unit): () -> Unit {
    val taps = LocalTaps.current ?: return onClick
    val button = "${LocalPageName.current}/${action.key}"
    DisposableEffect(taps, button) {
        taps.appeared(button)
        onDispose { taps.disappeared(button) }
    }
    return { taps.press(button, action, onClick) }
}

/** The gate of the running app; previews have none. */
internal val LocalTaps = staticCompositionLocalOf<Taps?> { null }

/** Screen and section that a button belongs to: on another one it is another button. */
internal val LocalPageName = compositionLocalOf { "" }
