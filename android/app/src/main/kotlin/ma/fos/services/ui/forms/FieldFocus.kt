package ma.fos.services.ui.forms

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.focusGroup
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.waitForUpOrCancellation
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.input.pointer.PointerEventPass
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.layout.onGloballyPositioned
import androidx.compose.ui.layout.positionInParent

/** Request for the focus of the field [key]. It is met once: a turned phone keeps its own focus. */
internal class FocusRequest(val key: String) {
    var isPending = true
}

/**
 * Field of a form in [scroll] that was focused or tapped last, by its [key]: a box that is tapped gets no focus. It stays where
 * it is on the screen while problems come and go.
 */
internal class UsedField(private val scroll: ScrollState) {
    var key: String? = null

    /** Returns a listener to the positions of the field [key], which scrolls by as much as it moves while it is this one. */
    fun listener(key: String): (Float) -> Unit {
        var last: Float? = null
        var lastScroll = 0
        return { top ->
            val moved = top - (last ?: top)
            // At its end a page that becomes shorter scrolls back by itself.
            val isAtEnd = scroll.value == scroll.maxValue
            val back = if (isAtEnd) (lastScroll - scroll.value).coerceAtLeast(0) else 0
            if (key == this.key && moved != 0f) scroll.dispatchRawDelta(moved + back)
            last = top
            lastScroll = scroll.value
        }
    }
}

/** Place of a field that scrolls into view, and gets the focus, when [request] names it; [used] keeps it in place. */
@Composable
internal fun FocusablePlace(key: String, request: FocusRequest?, used: UsedField?, field: @Composable () -> Unit) {
    val focus = remember { FocusRequester() }
    val place = remember { BringIntoViewRequester() }
    LaunchedEffect(request) {
        if (request?.key != key || !request.isPending) return@LaunchedEffect
        request.isPending = false
        place.bringIntoView()
        focus.requestFocus()
    }
    val modifier = Modifier.focusRequester(focus).focusGroup().bringIntoViewRequester(place)
    Box(if (used == null) modifier else modifier.keptInPlace(key, used)) { field() }
}

@Composable
private fun Modifier.keptInPlace(key: String, used: UsedField): Modifier {
    val onPosition = remember(key, used) { used.listener(key) }
    return onFocusChanged { if (it.hasFocus) used.key = key }
        .pointerInput(key, used) {
            awaitEachGesture {
                awaitFirstDown(requireUnconsumed = false, PointerEventPass.Initial)
                // Before the field itself hears of it. A swipe over a field does not use it.
                if (waitForUpOrCancellation(PointerEventPass.Initial) != null) used.key = key
            }
        }
        .onGloballyPositioned { onPosition(it.positionInParent().y) }
}
