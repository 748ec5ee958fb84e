package ma.fos.services.ui.components

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusDirection
import androidx.compose.ui.focus.FocusManager
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.isShiftPressed
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.onPreviewKeyEvent
import androidx.compose.ui.input.key.type
import androidx.compose.ui.node.RootForTest
import androidx.compose.ui.platform.LocalView
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull

/** Lets Tab leave a text of several lines, which would take it for a letter (WCAG 2.2, 2.1.2). */
internal fun Modifier.leftByTab(focus: FocusManager): Modifier = onPreviewKeyEvent {
    if (it.key != Key.Tab) return@onPreviewKeyEvent false
    if (it.type == KeyEventType.KeyDown) {
        focus.moveFocus(if (it.isShiftPressed) FocusDirection.Previous else FocusDirection.Next)
    }
    true
}

/** Lets Enter go on, to the next field or by [onLast], from a field of one line that wraps. */
internal fun Modifier.leftByEnter(focus: FocusManager, onLast: (() -> Unit)?): Modifier = onPreviewKeyEvent {
    if (it.key != Key.Enter && it.key != Key.NumPadEnter) return@onPreviewKeyEvent false
    if (it.type == KeyEventType.KeyDown) onLast?.invoke() ?: focus.moveFocus(FocusDirection.Down)
    true
}

/** Puts the focus back, once the phone is turned, on the control that had it: by itself it goes to the first one. */
@Composable
internal fun FocusOverTurnEffect() {
    val root = LocalView.current as? RootForTest ?: return
    val registry = LocalSaveableStateRegistry.current ?: return
    DisposableEffect(root, registry) {
        val entry = registry.registerProvider(FOCUSED) {
            root.node { it.config.getOrNull(SemanticsProperties.Focused) == true }?.tag
        }
        onDispose { entry.unregister() }
    }
    LaunchedEffect(Unit) {
        val tag = registry.consumeRestored(FOCUSED) ?: return@LaunchedEffect
        // The screen is laid out with the first frame.
        withFrameNanos {}
        val focused = root.node { it.tag == tag && SemanticsActions.RequestFocus in it.config }
        focused?.config?.getOrNull(SemanticsActions.RequestFocus)?.action?.invoke()
    }
}

private const val FOCUSED = "focused"

private val SemanticsNode.tag get() = config.getOrNull(SemanticsProperties.TestTag)

private fun RootForTest.node(matches: (SemanticsNode) -> Boolean): SemanticsNode? {
    val nodes = ArrayDeque(listOf(semanticsOwner.unmergedRootSemanticsNode))
    while (nodes.isNotEmpty()) {
        val node = nodes.removeFirst()
        if (matches(node)) return node
        nodes += node.children
    }
    return null
}
