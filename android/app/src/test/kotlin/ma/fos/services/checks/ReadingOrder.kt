package ma.fos.services.checks

import android.view.View
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.toSize
import ma.fos.services.merged
import ma.fos.services.tag
import ma.fos.services.words

/** Key of the node that Compose tells TalkBack to read next; Compose keeps a copy for tests such as these. */
private const val NEXT = "android.view.accessibility.extra.EXTRA_DATA_TEST_TRAVERSALBEFORE_VAL"

/** The nodes as a screen reader goes through them. */
internal fun ViewRootForTest.spokenOrder(): List<SemanticsNode> {
    // Without a screen reader, Compose works out no order.
    forceAccessibilityForTesting(true)
    val provider = checkNotNull((this as View).accessibilityNodeProvider)
    val next = { id: Int ->
        provider.createAccessibilityNodeInfo(id)?.extras?.getInt(NEXT, NONE)?.takeIf { it != NONE }
    }
    val nodes = merged().associateBy { it.id }
    val after = nodes.keys.mapNotNull(next).toSet()
    val order = (nodes.keys - after).flatMap { start -> generateSequence(start, next).toList() }
    forceAccessibilityForTesting(false)
    return order.distinct().mapNotNull(nodes::get)
}

private const val NONE = -1

/** Lists everything that is heard before something that stands above it, or before it on the same line. */
internal fun ViewRootForTest.disordered(direction: LayoutDirection): List<String> {
    val spoken = spokenOrder().filter { it.words().any(String::isNotBlank) && !it.boundsInWindow.isEmpty }
    if (spoken.isEmpty()) return listOf("nothing is told to a screen reader")
    return spoken.zipWithNext().mapNotNull { (sooner, later) ->
        val turned = later.place.isBefore(sooner.place, direction) &&
            later.boundsInWindow.isBefore(sooner.boundsInWindow, direction)
        "«${sooner.heard()}» is heard before «${later.heard()}»".takeIf { turned }
    }
}

/** Whole place of the node, also where the page's edge cuts it: the part that is cut may lie under a bar, and is before it. */
private val SemanticsNode.place get() = Rect(positionInWindow, size.toSize())

private fun SemanticsNode.heard() = words().firstOrNull() ?: tag

/** Returns true if a reader of the page meets this before [other]. Nodes that overlap have no order. */
private fun Rect.isBefore(other: Rect, direction: LayoutDirection): Boolean = when {
    bottom <= other.top + SLACK -> true
    other.bottom <= top + SLACK -> false
    direction == LayoutDirection.Rtl -> left >= other.right - SLACK
    else -> right <= other.left + SLACK
}

private const val SLACK = 2f
