package ma.fos.services.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.platform.LocalDensity

private val shapes = with(Tokens.Radius) {
    Shapes(
        extraSmall = RoundedCornerShape(tag),
        small = RoundedCornerShape(field),
        medium = RoundedCornerShape(button),
        large = RoundedCornerShape(card),
        extraLarge = RoundedCornerShape(sheet),
    )
}

/** The look around [content]; follows the phone between light and dark. */
@Composable
internal fun FosTheme(dark: Boolean = isSystemInDarkTheme(), content: @Composable () -> Unit) {
    MaterialTheme(
        colorScheme = if (dark) darkScheme else lightScheme,
        typography = typography,
        shapes = shapes,
    ) {
        CompositionLocalProvider(LocalRoles provides if (dark) darkRoles else lightRoles, content = content)
    }
}

/** Whether the letters are so large that things stand under each other instead of side by side. */
internal val stacked: Boolean
    @Composable
    @ReadOnlyComposable
    get() = LocalDensity.current.fontScale >= Tokens.stackAtFontScale
