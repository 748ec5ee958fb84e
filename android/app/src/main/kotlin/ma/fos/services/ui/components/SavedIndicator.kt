package ma.fos.services.ui.components

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.Layout
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Constraints
import ma.fos.core.ChipView
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Indicator that input is saved: a symbol and a word, announced by a screen reader when it changes. */
@Composable
internal fun SavedIndicator(saved: ChipView) {
    val colour = MaterialTheme.roles.of(saved.tone).main
    CentredRow(Tokens.Space.xs, Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }) {
        Symbol(saved.icon, size = Tokens.Space.l, tint = colour)
        Text(saved.text, style = MaterialTheme.typography.labelMedium, color = colour)
    }
}

/** Layout that places [end] at the end of the line if it is short and the words beside it stay whole, else under them. */
@Composable
internal fun InlineOrStacked(modifier: Modifier, words: @Composable () -> Unit, end: @Composable () -> Unit) {
    Layout(
        content = {
            words()
            end()
        },
        modifier
    ) { (first, second), constraints ->
        val width = constraints.maxWidth
        val gap = Tokens.Space.xs.roundToPx()
        val endWidth = second.maxIntrinsicWidth(Constraints.Infinity)
        val left = width - endWidth - gap
        val beside = endWidth < width * MAX_INLINE_FRACTION && first.minIntrinsicWidth(Constraints.Infinity) <= left
        val above = first.measure(Constraints(maxWidth = if (beside) left else width))
        val other = second.measure(Constraints(maxWidth = width))
        if (beside) {
            val height = maxOf(above.height, other.height)
            layout(width, height) {
                above.placeRelative(0, (height - above.height) / 2)
                other.placeRelative(width - other.width, (height - other.height) / 2)
            }
        } else {
            layout(width, above.height + other.height) {
                above.placeRelative(0, 0)
                other.placeRelative(0, above.height)
            }
        }
    }
}

private const val MAX_INLINE_FRACTION = 0.45f
