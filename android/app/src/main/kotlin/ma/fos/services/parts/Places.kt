package ma.fos.services.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.isImeVisible
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.isLow
import ma.fos.services.theme.stacked

/** The places that the bar at the bottom of the space leads to, in its order. */
internal enum class Place(val key: String, val symbol: String, val phrase: Phrase) {
    SERVICES("services", "grid_view", Phrase.SERVICES),
    REQUESTS("requests", "receipt_long", Phrase.REQUESTS)
}

/** The bar: every place with its word. It makes room for the keyboard. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun Places(here: Place, onPlace: (Place) -> Unit) {
    if (WindowInsets.isImeVisible) return
    Column(Modifier.fillMaxWidth().background(MaterialTheme.colorScheme.surfaceContainerLow)) {
        HorizontalDivider(color = MaterialTheme.colorScheme.outlineVariant)
        Row(
            Modifier
                .fillMaxWidth()
                .clearBottom()
                .clearSides()
                .selectableGroup()
                .semantics { isTraversalGroup = true },
            Arrangement.SpaceEvenly
        ) {
            for (place in Place.entries) {
                // Large letters take the width that their word needs.
                Item(place, place == here, if (stacked) Modifier else Modifier.weight(1f)) { onPlace(place) }
            }
        }
    }
}

@Composable
private fun Item(place: Place, chosen: Boolean, modifier: Modifier, onTap: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Surface(
        selected = chosen,
        onClick = onTap,
        modifier = modifier.testTag("place:${place.key}").semantics { role = Role.Tab },
        color = Color.Transparent,
        contentColor = if (chosen) colours.onSurface else colours.onSurfaceVariant
    ) {
        val word = @Composable { Text(say(place.phrase), style = MaterialTheme.typography.labelMedium) }
        if (isLow) {
            Row(
                Modifier.heightIn(min = Tokens.Size.button).padding(horizontal = Tokens.Space.s),
                Arrangement.spacedBy(Tokens.Space.xs, Alignment.CenterHorizontally),
                Alignment.CenterVertically
            ) {
                Pill(place, chosen)
                word()
            }
        } else {
            Column(
                Modifier.heightIn(min = Tokens.Size.bottomBar).padding(Tokens.Space.xs, 6.dp),
                Arrangement.spacedBy(2.dp, Alignment.CenterVertically),
                Alignment.CenterHorizontally
            ) {
                Pill(place, chosen)
                word()
            }
        }
    }
}

/** The place's symbol, on its own ground where the member is. */
@Composable
private fun Pill(place: Place, chosen: Boolean) {
    val colours = MaterialTheme.colorScheme
    Box(
        Modifier
            .background(if (chosen) colours.primaryContainer else Color.Transparent, CircleShape)
            .padding(horizontal = 17.dp, vertical = Tokens.Space.xxs)
    ) {
        if (chosen) {
            Symbol("${place.symbol}-fill", tint = colours.onPrimaryContainer)
        } else {
            Symbol(place.symbol)
        }
    }
}
