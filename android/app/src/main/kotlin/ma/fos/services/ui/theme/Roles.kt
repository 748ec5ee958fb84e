package ma.fos.services.ui.theme

import androidx.compose.foundation.background
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.Color
import ma.fos.core.Tone

/** Colours of a tone: its text on a surface, its container, and the text on that. */
@Immutable
internal data class Shade(val main: Color, val container: Color, val onContainer: Color)

/** The colour roles that Material has no name for. */
@Immutable
internal data class Roles(
    val now: Shade,
    val success: Shade,
    val warning: Shade,
    val info: Shade,
    val error: Shade,
    val quiet: Shade,
    val brand: Color,
    val onBrand: Color,
    val onBrandVariant: Color,
    val brandField: Color,
    val brandMark: Color,
    val card: Color,
    val field: Color
) {
    /** The colours of [tone]. */
    fun of(tone: Tone): Shade = when (tone) {
        Tone.NOW -> now
        Tone.SUCCESS -> success
        Tone.WARNING -> warning
        Tone.INFO -> info
        Tone.ERROR -> error
        Tone.QUIET -> quiet
    }
}

internal val LocalRoles = staticCompositionLocalOf { lightRoles }

/** The colour roles of the theme around. */
internal val MaterialTheme.roles: Roles
    @Composable
    @ReadOnlyComposable
    get() = LocalRoles.current

internal val lightRoles = Tokens.Light.roles(Tokens.Light.surfaceContainerLowest)

internal val darkRoles = Tokens.Dark.roles(Tokens.Dark.surfaceContainer)

/** Background of a card: the only role that the two themes take from different colours. */
private fun Tokens.Palette.roles(card: Color) = Roles(
    now = Shade(tertiary, tertiaryContainer, onTertiaryContainer),
    success = Shade(success, successContainer, onSuccessContainer),
    warning = Shade(warning, warningContainer, onWarningContainer),
    info = Shade(info, infoContainer, onInfoContainer),
    error = Shade(error, errorContainer, onErrorContainer),
    quiet = Shade(secondary, secondaryContainer, onSecondaryContainer),
    brand = brand,
    onBrand = onBrand,
    onBrandVariant = onBrandVariant,
    brandField = brandField,
    brandMark = brandMark,
    card = card,
    field = surfaceContainerLowest
)

internal val lightScheme: ColorScheme = Tokens.Light.scheme()

internal val darkScheme: ColorScheme = Tokens.Dark.scheme()

/** Colour scheme with every role that Material's components use. */
private fun Tokens.Palette.scheme() = lightColorScheme(
    primary = primary,
    onPrimary = onPrimary,
    primaryContainer = primaryContainer,
    onPrimaryContainer = onPrimaryContainer,
    inversePrimary = inversePrimary,
    secondary = secondary,
    onSecondary = onSecondary,
    secondaryContainer = secondaryContainer,
    onSecondaryContainer = onSecondaryContainer,
    tertiary = tertiary,
    onTertiary = onTertiary,
    tertiaryContainer = tertiaryContainer,
    onTertiaryContainer = onTertiaryContainer,
    background = background,
    onBackground = onBackground,
    surface = surface,
    onSurface = onSurface,
    surfaceVariant = surfaceVariant,
    onSurfaceVariant = onSurfaceVariant,
    inverseSurface = inverseSurface,
    inverseOnSurface = inverseOnSurface,
    error = error,
    onError = onError,
    errorContainer = errorContainer,
    onErrorContainer = onErrorContainer,
    outline = outline,
    outlineVariant = outlineVariant,
    scrim = scrim,
    surfaceBright = surfaceBright,
    surfaceDim = surfaceDim,
    surfaceContainer = surfaceContainer,
    surfaceContainerHigh = surfaceContainerHigh,
    surfaceContainerHighest = surfaceContainerHighest,
    surfaceContainerLow = surfaceContainerLow,
    surfaceContainerLowest = surfaceContainerLowest,
    surfaceTint = surface
)
