package ma.fos.services.navigation

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.VerticalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.LocalIsStatusBarOnBrand
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.topInset
import ma.fos.services.ui.theme.roles

/**
 * A list and the page that it leads to. The page lies over the list; in a window of 840 dp or wider it stands beside it, unless it
 * [isFullScreen], and a placeholder stands there while [page] is `null`. [list] gets true while a page is beside it. A pane
 * that shows before and after a change of the width keeps its state.
 */
@Composable
internal fun ListDetailPanes(
    list: @Composable (Boolean) -> Unit,
    page: (@Composable () -> Unit)?,
    isFullScreen: Boolean
) = BoxWithConstraints {
    val areBeside = maxWidth >= EXPANDED && !isFullScreen
    // The status bar lies over both panes: it has one ground for one colour of icons.
    val ground = if (areBeside) {
        Modifier.background(MaterialTheme.roles.brand).topInset().background(MaterialTheme.colorScheme.surface)
    } else {
        Modifier
    }
    CompositionLocalProvider(LocalIsStatusBarOnBrand provides areBeside) {
        Row(ground.fillMaxSize()) {
            if (areBeside || page == null) Pane(areBeside, LIST_SHARE, WindowInsetsSides.End) { list(page != null) }
            if (areBeside) VerticalDivider()
            if (page != null) {
                Pane(areBeside, PAGE_SHARE, WindowInsetsSides.Start, page)
            } else if (areBeside) {
                Pane(true, PAGE_SHARE, WindowInsetsSides.Start) { NoPage() }
            }
        }
    }
}

/** One of the panes; beside another one it has no window's edge on its [inner] side, and is read as a whole. */
@Composable
private fun RowScope.Pane(isBeside: Boolean, share: Float, inner: WindowInsetsSides, content: @Composable () -> Unit) {
    val consumed = if (isBeside) WindowInsets.safeDrawing.only(inner) else WindowInsets(0)
    val group = if (isBeside) Modifier.semantics { isTraversalGroup = true } else Modifier
    Box(Modifier.weight(share).fillMaxHeight().consumeWindowInsets(consumed).then(group)) { content() }
}

/** Placeholder of a page. */
@Composable
private fun NoPage() = Box(Modifier.fillMaxSize().testTag("no-page"), Alignment.Center) {
    EmptyState(phrase(Phrase.CHOOSE))
}

/** Width from which Material counts a window as expanded. */
private val EXPANDED = 840.dp
private const val LIST_SHARE = 0.4f
private const val PAGE_SHARE = 1 - LIST_SHARE
