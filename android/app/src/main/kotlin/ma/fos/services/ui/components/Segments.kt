package ma.fos.services.ui.components

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout

/** One option of [Segments]. */
internal class Segment(
    val tag: String,
    val words: String,
    val chosen: Boolean,
    val locales: LocaleList? = null,
    val onChoose: () -> Unit
)

/** Segmented button: a few options in one box, the chosen one ticked; stacked at large font sizes, as Material's cannot be. */
@Composable
internal fun Segments(tag: String, segments: List<Segment>, modifier: Modifier = Modifier) {
    Surface(
        modifier = modifier.fillMaxWidth().selectableGroup().testTag(tag),
        shape = MaterialTheme.shapes.medium,
        color = Color.Transparent,
        border = BorderStroke(Tokens.Size.fieldStroke, MaterialTheme.colorScheme.outline)
    ) {
        if (isStackedLayout) {
            Column { segments.forEach { SegmentButton(it, Modifier.fillMaxWidth()) } }
        } else {
            Row(Modifier.height(IntrinsicSize.Min)) {
                segments.forEach { SegmentButton(it, Modifier.weight(1f).fillMaxHeight()) }
            }
        }
    }
}

@Composable
private fun SegmentButton(segment: Segment, modifier: Modifier) {
    val colours = MaterialTheme.colorScheme
    val ink = if (segment.chosen) colours.onPrimaryContainer else colours.onSurface
    Row(
        modifier
            .heightIn(min = Tokens.Size.touch)
            .testTag(segment.tag)
            .background(if (segment.chosen) colours.primaryContainer else Color.Transparent)
            .selectable(segment.chosen, role = Role.RadioButton, onClick = segment.onChoose)
            .padding(horizontal = 6.dp, vertical = Tokens.Space.xs),
        horizontalArrangement = Arrangement.spacedBy(6.dp, Alignment.CenterHorizontally),
        verticalAlignment = Alignment.CenterVertically
    ) {
        if (segment.chosen) Symbol("check", size = 18.dp, tint = ink)
        Text(
            segment.words,
            style = MaterialTheme.typography.titleSmall,
            color = ink,
            textAlign = TextAlign.Center,
            locales = segment.locales ?: LocalTextLocales.current
        )
    }
}
