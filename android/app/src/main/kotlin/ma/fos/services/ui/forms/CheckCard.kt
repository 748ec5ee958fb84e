package ma.fos.services.ui.forms

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.FieldView
import ma.fos.services.ui.components.ProgressRing
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.theme.Tokens

/** Card that is ticked as a whole, with [words] beside its check mark. [behaviour] lets it be ticked. */
@Composable
internal fun CheckCard(
    field: FieldView,
    ticked: Boolean,
    border: BorderStroke,
    behaviour: Modifier,
    working: Boolean = false,
    alignment: Alignment.Vertical = Alignment.CenterVertically,
    words: @Composable () -> Unit
) = Column {
    val shape = MaterialTheme.shapes.medium
    val isProblem = field.problem != null
    val line = if (isProblem) BorderStroke(Tokens.Size.focusStroke, MaterialTheme.colorScheme.error) else border
    Row(
        Modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.button)
            .clip(shape)
            .background(MaterialTheme.colorScheme.surfaceContainerLow)
            .border(line, shape)
            .testTag(field.key)
            .then(behaviour)
            .semantics { field.problem?.let { error(it) } }
            .padding(14.dp),
        horizontalArrangement = Arrangement.spacedBy(14.dp),
        verticalAlignment = alignment
    ) {
        CheckMarkBox(ticked, working)
        words()
    }
    FieldSupportingText(field)
}

/** Check mark; while an action runs, a ring. Larger than Material's, which keeps 20 dp at any size. */
@Composable
private fun CheckMarkBox(ticked: Boolean, working: Boolean) {
    val colours = MaterialTheme.colorScheme
    val shape = MaterialTheme.shapes.extraSmall
    val box = Modifier.size(28.dp)
    when {
        working -> Box(box, Alignment.Center) { ProgressRing(colour = colours.tertiary) }

        ticked -> Box(box.background(colours.primary, shape), Alignment.Center) {
            Symbol("check", size = 22.dp, tint = colours.onPrimary)
        }

        else -> Box(box.background(colours.surfaceContainerLowest, shape).border(2.dp, colours.outline, shape))
    }
}
