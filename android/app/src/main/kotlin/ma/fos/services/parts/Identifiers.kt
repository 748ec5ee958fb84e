package ma.fos.services.parts

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
import ma.fos.services.theme.identifierStyle

/** The side a page starts on: where an identifier stands although it is written left to right. */
@Composable
internal fun TextStyle.atPageStart(): TextStyle = copy(
    textAlign = when (LocalLayoutDirection.current) {
        LayoutDirection.Rtl -> TextAlign.Right
        LayoutDirection.Ltr -> TextAlign.Left
    }
)

/** The identifier's letters for [text] in [room] pixels: a little smaller when that brings it onto one line. */
@Composable
internal fun fittingStyle(text: String, room: Int): TextStyle {
    val width = rememberTextMeasurer().measure(text, identifierStyle, maxLines = 1, softWrap = false).size.width
    return if (width > room) identifierStyle.copy(fontSize = SMALLER) else identifierStyle
}

private val SMALLER = 18.sp

/** A screen reader says the [label] and the identifier's characters, not a quantity. */
internal fun Modifier.spoken(label: String, identifier: Identifier): Modifier {
    if (identifier.spoken == identifier.copied) return this
    return semantics { contentDescription = "$label, ${identifier.spoken}" }
}

/** Identifier, read letter by letter. One that does not fit on the line continues below it, whole. */
@Composable
internal fun IdentifierText(identifier: Identifier, label: String, modifier: Modifier = Modifier) {
    BoxWithConstraints(modifier.fillMaxWidth()) {
        Text(
            identifier.shown,
            Modifier.fillMaxWidth().spoken(label, identifier),
            style = fittingStyle(identifier.shown, constraints.maxWidth)
                .atPageStart()
                .copy(textDirection = TextDirection.Ltr)
        )
    }
}
