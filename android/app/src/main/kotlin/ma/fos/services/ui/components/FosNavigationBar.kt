package ma.fos.services.ui.components

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
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight
import ma.fos.services.ui.theme.isStackedLayout

/** Destinations of the navigation bar, in its order. */
internal enum class TopLevelDestination(val key: String, val symbol: String, val phrase: Phrase) {
    SERVICES("services", "grid_view", Phrase.SERVICES),
    REQUESTS("requests", "receipt_long", Phrase.REQUESTS)
}

/** Navigation bar of a signed-in member; gone while the keyboard is open. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun FosNavigationBar(current: TopLevelDestination, onDestination: (TopLevelDestination) -> Unit) {
    if (WindowInsets.isImeVisible) return
    Column(Modifier.fillMaxWidth().background(MaterialTheme.colorScheme.surfaceContainerLow)) {
        HorizontalDivider(color = MaterialTheme.colorScheme.outlineVariant)
        Row(
            Modifier
                .fillMaxWidth()
                .bottomInset()
                .sideInsets()
                .selectableGroup()
                .semantics { isTraversalGroup = true },
            Arrangement.SpaceEvenly
        ) {
            for (destination in TopLevelDestination.entries) {
                // At large font sizes an item is as wide as its label.
                Item(destination, destination == current, if (isStackedLayout) Modifier else Modifier.weight(1f)) {
                    onDestination(destination)
                }
            }
        }
    }
}

@Composable
private fun Item(destination: TopLevelDestination, chosen: Boolean, modifier: Modifier, onClick: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Surface(
        selected = chosen,
        onClick = onClick,
        modifier = modifier.testTag("place:${destination.key}").semantics { role = Role.Tab },
        color = Color.Transparent,
        contentColor = if (chosen) colours.onSurface else colours.onSurfaceVariant
    ) {
        val word = @Composable { Text(phrase(destination.phrase), style = MaterialTheme.typography.labelMedium) }
        if (isCompactHeight) {
            Row(
                Modifier.heightIn(min = Tokens.Size.button).padding(horizontal = Tokens.Space.s),
                Arrangement.spacedBy(Tokens.Space.xs, Alignment.CenterHorizontally),
                Alignment.CenterVertically
            ) {
                ItemIcon(destination, chosen)
                word()
            }
        } else {
            Column(
                Modifier.heightIn(min = Tokens.Size.bottomBar).padding(Tokens.Space.xs, 6.dp),
                Arrangement.spacedBy(2.dp, Alignment.CenterVertically),
                Alignment.CenterHorizontally
            ) {
                ItemIcon(destination, chosen)
                word()
            }
        }
    }
}

/** Symbol of a destination, on a filled ground where it is the current one. */
@Composable
private fun ItemIcon(destination: TopLevelDestination, chosen: Boolean) {
    val colours = MaterialTheme.colorScheme
    Box(
        Modifier
            .background(if (chosen) colours.primaryContainer else Color.Transparent, CircleShape)
            .padding(horizontal = 17.dp, vertical = Tokens.Space.xxs)
    ) {
        if (chosen) {
            Symbol("${destination.symbol}-fill", tint = colours.onPrimaryContainer)
        } else {
            Symbol(destination.symbol)
        }
    }
}
