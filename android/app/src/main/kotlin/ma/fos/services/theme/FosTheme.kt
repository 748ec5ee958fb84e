package ma.fos.services.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.LayoutDirection

private val shapes = with(Tokens.Radius) {
    Shapes(
        extraSmall = RoundedCornerShape(tag),
        small = RoundedCornerShape(field),
        medium = RoundedCornerShape(button),
        large = RoundedCornerShape(card),
        extraLarge = RoundedCornerShape(sheet)
    )
}

/** The look around [content]: light or dark as the phone is, running as the language around it does. */
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
            LocalRoles provides if (dark) darkRoles else lightRoles,
            LocalContentColor provides scheme.onSurface,
            content = content
        )
    }
}

/** Whether the letters are so large that things stand under each other instead of side by side. */
internal val stacked: Boolean
    @Composable
    @ReadOnlyComposable
    get() = LocalDensity.current.fontScale >= Tokens.stackAtFontScale

/** The window is so low (a phone on its side) that the words need the room of what only adorns. */
internal val isLow: Boolean
    @Composable
    get() = LocalConfiguration.current.screenHeightDp < LOW

private const val LOW = 480
