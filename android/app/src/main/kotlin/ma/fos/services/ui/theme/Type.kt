package ma.fos.services.ui.theme

import androidx.compose.material3.Typography
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.Font
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineHeightStyle
import androidx.compose.ui.text.style.TextDirection
import ma.fos.services.R

/** Font family of both scripts. */
private val plex = FontFamily(
    Font(R.font.plex_400, FontWeight.W400),
    Font(R.font.plex_600, FontWeight.W600)
)

/** Centred in a line that is never trimmed: less cuts hamza above and kasra below. */
private val centred = LineHeightStyle(LineHeightStyle.Alignment.Center, LineHeightStyle.Trim.None)

/** The look's text styles under Material's names. Paragraphs run as the page does, not as their own script would. */
private fun typography(direction: TextDirection) = with(Tokens.Type) {
    fun TextStyle.set() = copy(fontFamily = plex, lineHeightStyle = centred, textDirection = direction)
    Typography(
        displayLarge = displaySmall.set(),
        displayMedium = displaySmall.set(),
        displaySmall = displaySmall.set(),
        headlineLarge = headlineMedium.set(),
        headlineMedium = headlineMedium.set(),
        headlineSmall = headlineMedium.set(),
        titleLarge = titleLarge.set(),
        titleMedium = titleMedium.set(),
        titleSmall = titleSmall.set(),
        bodyLarge = bodyLarge.set(),
        bodyMedium = bodyMedium.set(),
        bodySmall = bodyMedium.set(),
        labelLarge = labelLarge.set(),
        labelMedium = labelMedium.set(),
        labelSmall = labelMedium.set()
    )
}

/** The styles for pages that run to the left. */
internal val leftward = typography(TextDirection.Rtl)

/** The styles for pages that run to the right. */
internal val rightward = typography(TextDirection.Ltr)

/** Style of identifiers, which are read and copied letter by letter: always left to right, letters kept apart. */
internal val identifierStyle = Tokens.Type.identifier.copy(
    fontFamily = plex,
    lineHeightStyle = centred,
    textDirection = TextDirection.Ltr,
    fontFeatureSettings = "liga 0"
)
