package ma.fos.services.checks

import android.view.View
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.core.graphics.Insets
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.WindowInsetsCompat.Type
import ma.fos.services.get
import ma.fos.services.layout
import ma.fos.services.merged
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.unmerged
import ma.fos.services.words

/** Bars and cut-outs that a phone lays over an app: pixels at each edge. */
internal data class Edges(val status: Insets, val cutout: Insets, val navigation: Insets, val keyboard: Insets) {
    private val all = listOf(status, cutout, navigation, keyboard)
    val left = all.maxOf { it.left }
    val top = all.maxOf { it.top }
    val right = all.maxOf { it.right }
    val bottom = all.maxOf { it.bottom }
}

/** Lays [edges] over the app, as the system would. */
internal fun ViewRootForTest.lay(edges: Edges) {
    val insets = WindowInsetsCompat.Builder()
        .setInsets(Type.statusBars(), edges.status)
        .setInsets(Type.displayCutout(), edges.cutout)
        .setInsets(Type.navigationBars(), edges.navigation)
        .setInsets(Type.ime(), edges.keyboard)
        .setVisible(Type.ime(), edges.keyboard != Insets.NONE)
        .build()
    val view = this as View
    ViewCompat.dispatchApplyWindowInsets(view, insets)
    view.rootView.settle()
}

/** Lists everything that can be read or touched and lies under the phone's bars: scrolled to its start, and to its end. */
internal fun ViewRootForTest.covered(edges: Edges): List<String> {
    val view = (this as View).rootView
    scroll(-FAR)
    val resting = shown().mapNotNull { node ->
        val at = node.boundsInWindow
        val where = when {
            at.top < edges.top - SLACK -> "the top"
            at.left < edges.left - SLACK -> "the left"
            at.right > view.width - edges.right + SLACK -> "the right"
            else -> return@mapNotNull null
        }
        "${node.name}: under $where, at $at"
    }
    scroll(FAR)
    val ended = shown().filter { it.boundsInWindow.bottom > view.height - edges.bottom + SLACK }
        .map { "${it.name}: under the bottom, at ${it.boundsInWindow}" }
    return resting + ended
}

/** Words, and what takes a touch, but for grounds that fill the page and rows that run out of it. */
private fun ViewRootForTest.shown(): List<SemanticsNode> {
    val view = (this as View).rootView
    val words = unmerged().filter { it.layout() != null }
    val touched = merged().filter { it[SemanticsActions.OnClick] != null }
    return (words + touched).filter {
        !it.boundsInWindow.isEmpty && it.size.width < view.width && !it.runsSideways()
    }
}

private fun SemanticsNode.runsSideways() = generateSequence(this) { it.parent }
    .any { it[SemanticsProperties.HorizontalScrollAxisRange] != null }

private fun ViewRootForTest.scroll(by: Float) = repeat(TRIES) {
    merged().forEach { it[SemanticsActions.ScrollBy]?.action?.invoke(0f, by) }
    (this as View).rootView.settle()
}

private const val TRIES = 3
private const val FAR = 20_000f
private const val SLACK = 1f

private val SemanticsNode.name: String
    get() = tag ?: words().firstOrNull() ?: "node $id"
