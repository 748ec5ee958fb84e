package ma.fos.services.ui.components

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.progressSemantics
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.text.intl.LocaleList
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import ma.fos.core.ActionView
import ma.fos.core.Phrase
import ma.fos.services.ui.forms.outlined
import ma.fos.services.ui.theme.Tokens
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
    val primary = emphasis == ButtonEmphasis.PRIMARY
    val busy = phrase(Phrase.WORKING)
    Surface(
        onClick = guarded(action, onClick),
        enabled = !working,
        shape = RoundedCornerShape(Tokens.Radius.button),
        color = if (primary) colours.primary else Color.Transparent,
        contentColor = if (primary) colours.onPrimary else colours.primary,
        border = if (primary) null else BorderStroke(Tokens.Size.fieldStroke, colours.primary),
        modifier = modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.button)
            .testTag(action.key)
            .semantics {
                role = Role.Button
                if (working) stateDescription = busy
            }
    ) {
        Row(
            Modifier.padding(horizontal = Tokens.Space.m, vertical = 10.dp),
            horizontalArrangement = Arrangement.Center,
            verticalAlignment = Alignment.CenterVertically
        ) {
            if (working) {
                ProgressRing()
                Spacer(Modifier.width(Tokens.Space.s))
            } else if (symbol != null) {
                Symbol(symbol)
                Spacer(Modifier.width(Tokens.Space.s))
            }
            ActionWords(action)
        }
    }
}

/** A short French name stands beside the button's own words where there is room; a long one, or any at large letters, under them. */
@Composable
private fun ActionWords(action: ActionView) {
    val guide = action.guideName
    val own = @Composable {
        Text(action.label, style = MaterialTheme.typography.labelLarge, textAlign = TextAlign.Center)
    }
    if (guide == null) return own()
    val french = @Composable {
        Text(guide, style = MaterialTheme.typography.bodyMedium, textAlign = TextAlign.Center, locales = french)
    }
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

/** Icon button. */
@Composable
internal fun SymbolButton(
    symbol: String,
    description: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    tint: Color = LocalContentColor.current
) {
    Surface(
        onClick = onClick,
        shape = CircleShape,
        color = Color.Transparent,
        contentColor = tint,
        modifier = modifier.size(Tokens.Size.touch).semantics {
            role = Role.Button
            contentDescription = description
        }
    ) {
        Box(contentAlignment = Alignment.Center) { Symbol(symbol, tint = tint) }
    }
}

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
) {
    Surface(
        onClick = onClick,
        enabled = !working,
        shape = RoundedCornerShape(if (outlined) Tokens.Radius.button else Tokens.Radius.tag),
        color = Color.Transparent,
        contentColor = tint,
        border = if (outlined) BorderStroke(Tokens.Size.fieldStroke, tint) else null,
        modifier = modifier
            .sizeIn(minWidth = Tokens.Size.touch, minHeight = Tokens.Size.touch)
            .semantics { role = Role.Button }
    ) {
        val side = if (outlined) Tokens.Space.s else 0.dp
        Row(Modifier.padding(side, Tokens.Space.xs), verticalAlignment = Alignment.CenterVertically) {
            if (working) {
                ProgressRing()
            } else if (symbol != null) {
                Symbol(symbol)
            }
            if (working || symbol != null) Spacer(Modifier.width(Tokens.Space.s))
            Text(words, style = MaterialTheme.typography.titleSmall, locales = locales)
        }
    }
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
