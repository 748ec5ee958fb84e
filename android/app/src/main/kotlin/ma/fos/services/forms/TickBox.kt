package ma.fos.services.forms

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
import ma.fos.services.parts.Ring
import ma.fos.services.parts.Symbol
import ma.fos.services.theme.Tokens

/** A box to tick, drawn only: the row around it takes the touch. At work it is a ring. */
@Composable
internal fun TickBox(ticked: Boolean, working: Boolean = false) {
    val colours = MaterialTheme.colorScheme
    val shape = RoundedCornerShape(Tokens.Radius.tag)
    val box = Modifier.size(28.dp)
    when {
        working -> Box(box, Alignment.Center) { Ring(colour = colours.tertiary) }

        ticked -> Box(box.background(colours.primary, shape), Alignment.Center) {
            Symbol("check", size = 22.dp, tint = colours.onPrimary)
        }

        else -> Box(box.background(colours.surfaceContainerLowest, shape).border(2.dp, colours.outline, shape))
    }
}
