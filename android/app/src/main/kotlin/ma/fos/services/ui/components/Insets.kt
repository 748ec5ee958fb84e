package ma.fos.services.ui.components

import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.layout
import androidx.compose.ui.unit.dp
import ma.fos.services.ui.theme.Tokens

/** Pads by the status bar and the display cutout. */
@Composable
internal fun Modifier.topInset() = windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Top))

/** Pads by the navigation bar, or by the keyboard while it is open. */
@Composable
internal fun Modifier.bottomInset() = windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Bottom))

/** Pads by the cutout and the navigation bar at the sides, in landscape. */
@Composable
internal fun Modifier.sideInsets() = windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Horizontal))

/** Pads by the side insets and the page's margins. */
@Composable
internal fun Modifier.margins() = sideInsets().padding(horizontal = Tokens.Space.page)

/** Moves a 48 dp touch target outwards, so that its symbol is aligned with the margin. */
internal fun Modifier.outdent(atEnd: Boolean = false): Modifier = layout { measurable, constraints ->
    val placeable = measurable.measure(constraints)
    val out = OUTDENT.roundToPx()
    layout(placeable.width - out, placeable.height) { placeable.placeRelative(if (atEnd) 0 else -out, 0) }
}

private val OUTDENT = 11.dp
