package ma.fos.services.ui.components

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.isImeVisible
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.NavigationItemIconPosition.Companion.Start
import androidx.compose.material3.NavigationItemIconPosition.Companion.Top
import androidx.compose.material3.ShortNavigationBar
import androidx.compose.material3.ShortNavigationBarItem
import androidx.compose.material3.ShortNavigationBarItemDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.focusRing
import ma.fos.services.ui.theme.isCompactHeight

/** Destinations of the navigation bar, in its order. */
internal enum class TopLevelDestination(val key: String, val symbol: String, val phrase: Phrase) {
    SERVICES("services", "grid_view", Phrase.SERVICES),
    REQUESTS("requests", "receipt_long", Phrase.REQUESTS)
}

/** Navigation bar of a signed-in member; gone while the keyboard is open. In a low window the words stand beside the symbols. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun FosNavigationBar(current: TopLevelDestination, onDestination: (TopLevelDestination) -> Unit) {
    if (WindowInsets.isImeVisible) return
    val colours = MaterialTheme.colorScheme
    Column {
        HorizontalDivider()
        ShortNavigationBar(
            Modifier.semantics { isTraversalGroup = true },
            containerColor = colours.surfaceContainerLow,
            windowInsets = WindowInsets.safeDrawing.only(WindowInsetsSides.Horizontal + WindowInsetsSides.Bottom)
        ) {
            for (destination in TopLevelDestination.entries) {
                val isCurrent = destination == current
                ShortNavigationBarItem(
                    isCurrent,
                    { onDestination(destination) },
                    icon = { Symbol(if (isCurrent) "${destination.symbol}-fill" else destination.symbol) },
                    label = { Text(phrase(destination.phrase), style = MaterialTheme.typography.labelMedium) },
                    modifier = Modifier.testTag("place:${destination.key}").focusRing(isInside = true),
                    iconPosition = if (isCompactHeight) Start else Top,
                    colors = ShortNavigationBarItemDefaults.colors(
                        selectedIconColor = colours.onPrimaryContainer,
                        selectedTextColor = colours.onSurface,
                        selectedIndicatorColor = colours.primaryContainer
                    )
                )
            }
        }
    }
}
