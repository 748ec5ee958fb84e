package ma.fos.services.ui.components

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.progressSemantics
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonColors
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.IconButton
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.layout.layout
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import kotlin.math.ceil
import ma.fos.core.ActionView
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing
import ma.fos.services.ui.theme.isStackedLayout

/** Emphasis of a button: the main action, or another one. */
internal enum class ButtonEmphasis { PRIMARY, OUTLINED }

/** Full-width button with the guide's French name beside its label. While its action runs it shows a ring and is disabled. */
@Composable
internal fun ActionButton(
    action: ActionView,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    emphasis: ButtonEmphasis = ButtonEmphasis.PRIMARY,
    symbol: String? = null,
    working: Boolean = false
) {
    val colours = MaterialTheme.colorScheme
    val isPrimary = emphasis == ButtonEmphasis.PRIMARY
    val busy = phrase(Phrase.WORKING)
    Button(
        guarded(action, onClick),
        modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.button)
            .testTag(action.key)
            .focusRing()
            .semantics { if (working) stateDescription = busy },
        enabled = !working,
        shape = MaterialTheme.shapes.medium,
        colors = if (isPrimary) buttonColors(colours.onPrimary, colours.primary) else buttonColors(colours.primary),
        elevation = null,
        border = if (isPrimary) null else BorderStroke(Tokens.Size.fieldStroke, colours.primary),
        contentPadding = PaddingValues(horizontal = Tokens.Space.m, vertical = 10.dp)
    ) {
        LeadingSymbol(symbol, working)
        ActionWords(action)
    }
}

/** Colours of a button, the same while its action runs. */
private fun buttonColors(content: Color, container: Color = Color.Transparent) =
    ButtonColors(container, content, container, content)

/** Symbol before the words of a button; a ring while its action runs. */
@Composable
private fun LeadingSymbol(symbol: String?, working: Boolean) {
    if (working) {
        ProgressRing()
    } else if (symbol != null) {
        // It grows with the words.
        Symbol(symbol, size = with(LocalDensity.current) { Tokens.Size.icon.value.sp.toDp() })
    }
    if (working || symbol != null) Spacer(Modifier.width(Tokens.Space.s))
}

/** A short French name stands beside the button's own words where there is room; a long one, or any at large letters, under them. */
@Composable
private fun ActionWords(action: ActionView) {
    val guide = action.guideName
    val own = @Composable { ButtonText(action.label, MaterialTheme.typography.labelLarge) }
    if (guide == null) return own()
    val french = @Composable { ButtonText(guide, MaterialTheme.typography.bodyMedium, french) }
    if (guide.length <= LONGEST_BESIDE && !isStackedLayout) {
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(10.dp, Alignment.CenterHorizontally),
            itemVerticalAlignment = Alignment.CenterVertically
        ) {
            own()
            french()
        }
    } else {
        Column(horizontalAlignment = Alignment.CenterHorizontally) {
            own()
            french()
        }
    }
}

private const val LONGEST_BESIDE = 14

/** Centred text that takes no more room than its longest line: the symbol before it stands by the words. */
@Composable
private fun ButtonText(text: String, style: TextStyle, locales: LocaleList = LocalTextLocales.current) {
    var longestLinePx by remember { mutableIntStateOf(Int.MAX_VALUE) }
    Text(
        text,
        Modifier.layout { measurable, constraints ->
            val placeable = measurable.measure(constraints)
            val width = minOf(longestLinePx, placeable.width)
            layout(width, placeable.height) { placeable.place((width - placeable.width) / 2, 0) }
        },
        style,
        textAlign = TextAlign.Center,
        locales = locales,
        onTextLayout = { layout ->
            longestLinePx =
                (0 until layout.lineCount).maxOf { ceil(layout.getLineRight(it) - layout.getLineLeft(it)).toInt() }
        }
    )
}

/** Icon button. */
@Composable
internal fun SymbolButton(
    symbol: String,
    description: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    tint: Color = LocalContentColor.current
) = IconButton(
    onClick,
    modifier.size(Tokens.Size.touch).focusRing(Tokens.Size.touch).semantics { contentDescription = description }
) { Symbol(symbol, tint = tint) }

/** Text button, outlined where it could be taken for plain text. */
@Composable
internal fun TextActionButton(
    words: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    symbol: String? = null,
    tint: Color = MaterialTheme.colorScheme.primary,
    working: Boolean = false,
    locales: LocaleList = LocalTextLocales.current,
    outlined: Boolean = false
) = Button(
    onClick,
    modifier.heightIn(min = Tokens.Size.touch).focusRing(Tokens.Radius.tag),
    enabled = !working,
    shape = if (outlined) MaterialTheme.shapes.medium else MaterialTheme.shapes.extraSmall,
    colors = buttonColors(tint),
    elevation = null,
    border = if (outlined) BorderStroke(Tokens.Size.fieldStroke, tint) else null,
    contentPadding = PaddingValues(if (outlined) Tokens.Space.s else 0.dp, Tokens.Space.xs)
) {
    LeadingSymbol(symbol, working)
    ButtonText(words, MaterialTheme.typography.titleSmall, locales)
}

/** [TextActionButton] of an [action], under its key. */
@Composable
internal fun GuardedTextButton(
    action: ActionView,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    symbol: String? = null,
    tint: Color = MaterialTheme.colorScheme.primary,
    working: Boolean = false,
    outlined: Boolean = false
) = TextActionButton(
    action.label,
    guarded(action, onClick),
    modifier.testTag(action.key),
    symbol,
    tint,
    working,
    outlined = outlined
)

/** Progress ring. */
@Composable
internal fun ProgressRing(modifier: Modifier = Modifier, colour: Color = LocalContentColor.current) {
    CircularProgressIndicator(modifier.progressSemantics().size(24.dp), colour, 3.dp)
}

/** Button that tries again what has failed. */
@Composable
internal fun RetryButton(onRetry: () -> Unit, emphasis: ButtonEmphasis = ButtonEmphasis.OUTLINED) = ActionButton(
    ActionView("try-again", phrase(Phrase.TRY_AGAIN), null),
    onRetry,
    emphasis = emphasis,
    symbol = "refresh".takeIf { emphasis == ButtonEmphasis.OUTLINED }
)
