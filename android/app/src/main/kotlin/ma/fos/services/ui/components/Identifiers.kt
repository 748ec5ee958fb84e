package ma.fos.services.ui.components

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.sp
import ma.fos.core.Identifier
import ma.fos.services.ui.theme.identifierStyle

/** Aligns an identifier, which is left to right, with the start of the page. */
@Composable
internal fun TextStyle.alignedToLayoutStart(): TextStyle = copy(
    textAlign = when (LocalLayoutDirection.current) {
        LayoutDirection.Rtl -> TextAlign.Right
        LayoutDirection.Ltr -> TextAlign.Left
    }
)

/** Returns the style of an identifier for [text] in [maxWidthPx] pixels: a little smaller if that keeps it on one line. */
@Composable
internal fun fittingStyle(text: String, maxWidthPx: Int): TextStyle {
    val width = rememberTextMeasurer().measure(text, identifierStyle, maxLines = 1, softWrap = false).size.width
    return if (width > maxWidthPx) identifierStyle.copy(fontSize = SMALLER) else identifierStyle
}

private val SMALLER = 18.sp

/** Lets a screen reader spell the identifier after its [label], not read it as a number. */
internal fun Modifier.spelledOut(label: String, identifier: Identifier): Modifier {
    if (identifier.spoken == identifier.copied) return this
    return semantics { contentDescription = "$label, ${identifier.spoken}" }
}

/** Identifier, read letter by letter. One that does not fit on the line continues below it, whole. */
@Composable
internal fun IdentifierText(identifier: Identifier, label: String, modifier: Modifier = Modifier) {
    BoxWithConstraints(modifier.fillMaxWidth()) {
        Text(
            identifier.shown,
            Modifier.fillMaxWidth().spelledOut(label, identifier),
            style = fittingStyle(identifier.shown, constraints.maxWidth)
                .alignedToLayoutStart()
                .copy(textDirection = TextDirection.Ltr)
        )
    }
}
