package ma.fos.services.ui.forms

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.focusGroup
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.layout.onGloballyPositioned
import androidx.compose.ui.layout.positionInParent

/** Request for the focus of the field [key]. It is met once: a turned phone keeps its own focus. */
internal class FocusRequest(val key: String) {
    var isPending = true
}

/** Place of a field that scrolls into view, and gets the focus, when [request] names it. */
@Composable
internal fun FocusablePlace(key: String, request: FocusRequest?, scroll: ScrollState?, field: @Composable () -> Unit) {
    val focus = remember { FocusRequester() }
    val place = remember { BringIntoViewRequester() }
    LaunchedEffect(request) {
        if (request?.key != key || !request.isPending) return@LaunchedEffect
        request.isPending = false
        place.bringIntoView()
        focus.requestFocus()
    }
    val modifier = Modifier.focusRequester(focus).focusGroup().bringIntoViewRequester(place)
    Box(if (scroll == null) modifier else modifier.keptInPlace(scroll)) { field() }
}

/** Keeps the field with the focus where it is on the screen while what stands above it grows or goes. */
@Composable
private fun Modifier.keptInPlace(scroll: ScrollState): Modifier {
    var focused by remember { mutableStateOf(false) }
    var top by remember { mutableFloatStateOf(Float.NaN) }
    return onFocusChanged { focused = it.hasFocus }.onGloballyPositioned {
        val now = it.positionInParent().y
        if (focused && !top.isNaN()) scroll.dispatchRawDelta(now - top)
        top = now
    }
}
