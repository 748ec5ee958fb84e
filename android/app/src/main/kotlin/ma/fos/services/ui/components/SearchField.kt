package ma.fos.services.ui.components

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.text.input.TextFieldLineLimits
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing

/** Clears a running search before back leaves its screen. */
@Composable
internal fun ClearSearchOnBack(search: TextFieldState) {
    predictiveBackProgress(search.text.isNotEmpty()) { search.clearText() }
}

/** A field that finds by typing, its [hint] inside; on paper a line goes around it. */
@Composable
internal fun SearchField(
    hint: String,
    search: TextFieldState,
    modifier: Modifier,
    ground: Color,
    outlined: Boolean = false
) {
    val colours = MaterialTheme.colorScheme
    val style = MaterialTheme.typography.bodyLarge
    val shape = MaterialTheme.shapes.medium
    val line = if (outlined) Modifier.border(Tokens.Size.fieldStroke, colours.outline, shape) else Modifier
    BasicTextField(
        search,
        modifier.fillMaxWidth().focusRing().semantics { contentDescription = hint },
        textStyle = style.copy(color = colours.onSurface),
        keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
        lineLimits = TextFieldLineLimits.SingleLine,
        cursorBrush = SolidColor(colours.primary),
        decorator = { inner ->
            CentredRow(
                Tokens.Space.s,
                Modifier
                    .fillMaxWidth()
                    .heightIn(min = Tokens.Size.field)
                    .background(ground, shape)
                    .then(line)
                    .padding(start = Tokens.Space.m, end = Tokens.Space.xxs)
            ) {
                Symbol("search", tint = colours.onSurfaceVariant)
                Box(Modifier.weight(1f).padding(vertical = Tokens.Space.xs)) {
                    if (search.text.isEmpty()) SecondaryText(hint, style = style)
                    inner()
                }
                if (search.text.isNotEmpty()) {
                    SymbolButton(
                        "close",
                        phrase(Phrase.CLEAR_SEARCH),
                        { search.clearText() },
                        tint = colours.onSurfaceVariant
                    )
                }
            }
        }
    )
}
