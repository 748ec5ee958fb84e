package ma.fos.services.ui.components

import androidx.compose.foundation.text.input.InputTransformation
import androidx.compose.foundation.text.input.OutputTransformation
import androidx.compose.foundation.text.input.insert
import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text as MaterialText
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.text
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.withStyle
import ma.fos.core.Language

/** Language in which a screen reader reads texts: the app's, not the phone's. */
internal val LocalTextLocales = staticCompositionLocalOf { LocaleList.current }

/** Locale of the language for screen readers. */
internal val Language.locales: LocaleList
    get() = LocaleList(tag)

/** Locale of the guide's French names, also on an Arabic page. */
internal val french = Language.FR.locales

private val arabicLetters = '\u0600'..'\u06FF'

/** Locale of licences and of component names. */
internal val english = LocaleList("en")

/**
 * Text that is marked with its locale: a screen reader takes its voice from the span, not from the text style. What another
 * phone is called, or a member has typed, may be Arabic on a French page.
 */
@Composable
internal fun Text(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = LocalTextStyle.current,
    color: Color = Color.Unspecified,
    textAlign: TextAlign? = null,
    locales: LocaleList = if (text.any { it in arabicLetters }) Language.AR.locales else LocalTextLocales.current,
    onTextLayout: (TextLayoutResult) -> Unit = {}
) {
    val marked = remember(text, locales) { text.markedWith(locales) }
    val displayed = remember(marked) { if (AT in text) text.withAddressBreaks().markedWith(locales) else marked }
    // What is only displayed is not read out.
    val bare = if (displayed == marked) Modifier else Modifier.semantics { this.text = marked }
    MaterialText(
        displayed,
        modifier.then(bare),
        color,
        textAlign = textAlign,
        onTextLayout = onTextLayout,
        style = style
    )
}

private fun String.markedWith(locales: LocaleList) = buildAnnotatedString {
    withStyle(SpanStyle(localeList = locales)) { append(this@markedWith) }
}

private const val AT = '@'

/** Does the same for an address that is typed, which stays bare. */
internal val addressBreaks = OutputTransformation {
    for (at in length - 1 downTo 1) if (charAt(at - 1) in "@.") insert(at, "\u200B")
}

/** Keeps a text that wraps free of line breaks, also of pasted ones. */
internal val withoutLineBreaks = InputTransformation {
    for (at in length - 1 downTo 0) if (charAt(at) == '\n') replace(at, at + 1, "")
}

/** Lets the line end after «@» and dots of each e-mail address, by zero-width spaces. */
internal fun String.withAddressBreaks() = split(' ').joinToString(" ") { word ->
    if (AT in word.dropLast(1)) word.replace("@", "@\u200B").replace(".", ".\u200B") else word
}

/** Text that stands back behind another one: a label, a date, an explanation. */
@Composable
internal fun SecondaryText(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = MaterialTheme.typography.bodyMedium,
    locales: LocaleList = LocalTextLocales.current
) = Text(text, modifier, style, MaterialTheme.colorScheme.onSurfaceVariant, locales = locales)

/** Heading of a page or of a part of it, by which a screen reader jumps. */
@Composable
internal fun Heading(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = MaterialTheme.typography.titleMedium,
    color: Color = Color.Unspecified,
    textAlign: TextAlign? = null
) = Text(text, modifier.semantics { heading() }, style, color, textAlign)
