package ma.fos.services.ui.forms

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import ma.fos.services.ui.components.ProgressRing
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.theme.Tokens

/** Check mark of a row that can be toggled; while an action runs, a ring. Larger than Material's, which keeps 20 dp at any size. */
@Composable
internal fun CheckMarkBox(ticked: Boolean, working: Boolean = false) {
    val colours = MaterialTheme.colorScheme
    val shape = RoundedCornerShape(Tokens.Radius.tag)
    val box = Modifier.size(28.dp)
    when {
        working -> Box(box, Alignment.Center) { ProgressRing(colour = colours.tertiary) }

        ticked -> Box(box.background(colours.primary, shape), Alignment.Center) {
            Symbol("check", size = 22.dp, tint = colours.onPrimary)
        }

        else -> Box(box.background(colours.surfaceContainerLowest, shape).border(2.dp, colours.outline, shape))
    }
}
