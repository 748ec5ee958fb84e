package ma.fos.services.parts

import androidx.compose.material3.LocalTextStyle
import androidx.compose.material3.Text as MaterialText
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.withStyle
import ma.fos.core.Language

/** The language that words are read out in: the app's, whatever the phone's is. */
internal val LocalVoice = staticCompositionLocalOf { LocaleList.current }

/** The language's voice. */
internal val Language.voice: LocaleList
    get() = LocaleList(tag)

/** The voice of the guide's French words, on an Arabic page too. */
internal val french = Language.FR.voice

/** The voice of licences and of the names of what the app is made of. */
internal val english = LocaleList("en")

/** Words on the page, marked with their language: a screen reader takes its voice from the mark, not from the style. */
@Composable
internal fun Text(
    text: String,
    modifier: Modifier = Modifier,
    style: TextStyle = LocalTextStyle.current,
    color: Color = Color.Unspecified,
    textAlign: TextAlign? = null,
    voice: LocaleList = LocalVoice.current
) {
    val marked = remember(text, voice) {
        buildAnnotatedString { withStyle(SpanStyle(localeList = voice)) { append(text) } }
    }
    MaterialText(marked, modifier, style = style, color = color, textAlign = textAlign)
}
