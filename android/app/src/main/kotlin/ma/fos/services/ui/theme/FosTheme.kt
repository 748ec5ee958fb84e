package ma.fos.services.ui.theme

import androidx.compose.foundation.LocalIndication
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.LayoutDirection
import ma.fos.core.Theme

private val shapes = with(Tokens.Radius) {
    Shapes(
        extraSmall = RoundedCornerShape(tag),
        small = RoundedCornerShape(field),
        medium = RoundedCornerShape(button),
        large = RoundedCornerShape(card),
        extraLarge = RoundedCornerShape(sheet)
    )
}

/** True if the chosen theme is dark on this phone now. */
internal val Theme.dark: Boolean
    @Composable
    @ReadOnlyComposable
    get() = when (this) {
        Theme.PHONE -> isSystemInDarkTheme()
        Theme.LIGHT -> false
        Theme.DARK -> true
    }

/** True in a dark theme. */
internal val LocalDark = staticCompositionLocalOf { false }

/** Theme of the app around [content]: light or dark as the phone is unless [dark] is given, in the direction of the language. */
@Composable
internal fun FosTheme(dark: Boolean = isSystemInDarkTheme(), content: @Composable () -> Unit) {
    val scheme = if (dark) darkScheme else lightScheme
    MaterialTheme(
        colorScheme = scheme,
        typography = when (LocalLayoutDirection.current) {
            LayoutDirection.Rtl -> leftward
            LayoutDirection.Ltr -> rightward
        },
        shapes = shapes
    ) {
        CompositionLocalProvider(
            LocalDark provides dark,
            LocalRoles provides if (dark) darkRoles else lightRoles,
            LocalContentColor provides scheme.onSurface,
            LocalIndication provides focusRingIndication(),
            content = content
        )
    }
}

/** True if the font is so large for the window that elements are stacked. */
internal val isStackedLayout: Boolean
    @Composable
    @ReadOnlyComposable
    get() {
        val scale = LocalDensity.current.fontScale
        return scale >= Tokens.stackAtFontScale || LocalConfiguration.current.screenWidthDp < NARROW * scale
    }

/** True if the window is so low, as in landscape, that decoration has no room. */
internal val isCompactHeight: Boolean
    @Composable
    get() = LocalConfiguration.current.screenHeightDp < LOW

private const val LOW = 480
private const val NARROW = 260
