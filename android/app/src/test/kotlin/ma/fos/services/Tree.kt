package ma.fos.services

import android.os.Looper
import android.view.View
import android.view.ViewGroup
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsConfiguration
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.SemanticsPropertyKey
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.text.TextLayoutResult
import java.time.Duration
import org.robolectric.Shadows.shadowOf

/** Compose's own root inside a window. */
internal fun View.composeRoot(): ViewRootForTest? = when (this) {
    is ViewRootForTest -> this
    is ViewGroup -> (0 until childCount).firstNotNullOfOrNull { getChildAt(it).composeRoot() }
    else -> null
}

/** Every node as a screen reader meets it: what belongs together is one. */
internal fun ViewRootForTest.merged(): List<SemanticsNode> = semanticsOwner.rootSemanticsNode.all()

/** Every node by itself. */
internal fun ViewRootForTest.unmerged(): List<SemanticsNode> = semanticsOwner.unmergedRootSemanticsNode.all()

/** Nodes that a screen reader reaches, with those merged into one; not the screen under a sheet, which is cleared. */
internal fun ViewRootForTest.reachable(): List<SemanticsNode> {
    val merged = semanticsOwner.rootSemanticsNode.all().associateBy { it.id }
    return unmerged().filter { node ->
        val nearest = generateSequence(node) { it.parent }.first { it.id in merged }
        nearest.id == node.id || merged.getValue(nearest.id).config.isMergingSemanticsOfDescendants
    }
}

private fun SemanticsNode.all(): List<SemanticsNode> = listOf(this) + children.flatMap { it.all() }

internal operator fun <T> SemanticsNode.get(key: SemanticsPropertyKey<T>): T? = config.getOrNull(key)

internal val SemanticsNode.tag: String? get() = this[SemanticsProperties.TestTag]

/** All that a node says: text, description, state. What is typed into a field is the field's. */
internal fun SemanticsNode.words(): List<String> = config.words()

private fun SemanticsConfiguration.words(): List<String> =
    getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
        getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
        listOfNotNull(getOrNull(SemanticsProperties.StateDescription))

/** Returns the layout of the node's text. */
internal fun SemanticsNode.layout(): TextLayoutResult? {
    val results = mutableListOf<TextLayoutResult>()
    this[SemanticsActions.GetTextLayoutResult]?.action?.invoke(results)
    return results.firstOrNull()
}

/** Lets the app run for [time]: frames, timers, and what its other threads have handed to it. */
internal fun pump(time: Duration = Duration.ofMillis(FRAME)) {
    shadowOf(Looper.getMainLooper()).idleFor(time)
}

/**
 * Lets the app draw a few frames, enough for one recomposition to bring about the next. Robolectric draws nothing by
 * itself, and Compose lays out when it is drawn: so it is asked to.
 */
internal fun View.settle() = repeat(FRAMES) {
    pump()
    composeRoot()?.measureAndLayoutForTest()
}

private const val FRAME = 17L
private const val FRAMES = 4
