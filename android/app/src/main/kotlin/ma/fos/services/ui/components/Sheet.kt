package ma.fos.services.ui.components

import androidx.compose.animation.core.animate
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.focusGroup
import androidx.compose.foundation.gestures.Orientation
import androidx.compose.foundation.gestures.draggable
import androidx.compose.foundation.gestures.rememberDraggableState
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusProperties
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.input.InputMode
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalInputModeManager
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens

/**
 * Bottom sheet over its screen; a tap beside it, the back gesture or a pull at its handle closes it. Material's modal sheet is
 * a window of its own, whose touches would pass by the [TapGate].
 */
@Composable
internal fun Sheet(tag: String, title: String, onClose: () -> Unit, content: @Composable ColumnScope.() -> Unit) {
    val close = phrase(Phrase.CLOSE)
    val gone by predictiveBackProgress(onBack = onClose)
    var pulled by remember { mutableFloatStateOf(0f) }
    var height by remember { mutableIntStateOf(0) }
    val fling = with(LocalDensity.current) { FLING.toPx() }
    val focus = remember { FocusRequester() }
    val keys = LocalInputModeManager.current
    LaunchedEffect(Unit) { if (keys.inputMode == InputMode.Keyboard) focus.requestFocus() }
    val pull = Modifier.draggable(
        rememberDraggableState { pulled = (pulled + it).coerceAtLeast(0f) },
        Orientation.Vertical,
        onDragStopped = { velocity ->
            if (pulled > height * GIVES || velocity > fling) onClose()
            animate(pulled, 0f) { value, _ -> pulled = value }
        }
    )
    Box(Modifier.fillMaxSize().testTag(tag).semantics { paneTitle = title }, Alignment.BottomCenter) {
        Box(
            Modifier
                .fillMaxSize()
                .testTag("scrim")
                .background(MaterialTheme.colorScheme.scrim.copy(alpha = SCRIM))
                // Keys leave a sheet by going back.
                .focusProperties { canFocus = false }
                .clickable(remember { MutableInteractionSource() }, indication = null, onClick = onClose)
                .semantics { contentDescription = close }
        )
        Surface(
            modifier = Modifier
                .fillMaxWidth()
                .topInset()
                .focusRequester(focus)
                .focusGroup()
                .onSizeChanged { height = it.height }
                .graphicsLayer { translationY = size.height * gone * GIVES + pulled },
            shape = RoundedCornerShape(topStart = Tokens.Radius.sheet, topEnd = Tokens.Radius.sheet),
            color = MaterialTheme.colorScheme.surface,
            contentColor = MaterialTheme.colorScheme.onSurface
        ) {
            Column(Modifier.imePadding().verticalScroll(rememberScrollState()).bottomInset().sideInsets()) {
                Box(Modifier.fillMaxWidth().then(pull).padding(vertical = Tokens.Space.s), Alignment.Center) {
                    Box(Modifier.size(40.dp, 5.dp).background(MaterialTheme.colorScheme.outline, CircleShape))
                }
                CompositionLocalProvider(LocalScreenName provides tag) { content() }
                Box(Modifier.padding(bottom = Tokens.Space.m))
            }
        }
    }
}

/** Hides the screen under a sheet from screen readers and from keys while it [isCovered]. */
internal fun Modifier.covered(isCovered: Boolean): Modifier = if (isCovered) {
    clearAndSetSemantics {}.focusProperties { onEnter = { cancelFocusChange() } }.focusGroup()
} else {
    this
}

private const val SCRIM = 0.5f

/** Share of its height by which a sheet moves at the end of the back gesture, and that it is pulled down to close. */
private const val GIVES = 0.3f

/** Distance a second from which a pull closes the sheet, however short it was. */
private val FLING = 600.dp
