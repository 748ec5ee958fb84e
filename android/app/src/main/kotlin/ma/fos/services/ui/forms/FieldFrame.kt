package ma.fos.services.ui.forms

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.unit.dp
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.services.ui.components.ProblemLine
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.alignedToLayoutStart
import ma.fos.services.ui.components.french
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/**
 * What stands around a field's text: the label above, always there; the box; help or problem below.
 * It lies inside the field, so that a screen reader says all of it with the field and a tap on the label lands in it.
 * [onTextWidthChange] hears how wide the text may be. Where it is [empty], the field's placeholder shows how it is written.
 */
@Composable
internal fun FieldFrame(
    field: FieldView,
    focused: Boolean,
    onTextWidthChange: (Int) -> Unit,
    empty: Boolean = false,
    end: (@Composable () -> Unit)? = null,
    content: @Composable () -> Unit
) {
    Column(Modifier.fillMaxWidth()) {
        FieldLabel(field)
        Row(
            Modifier
                .fillMaxWidth()
                .heightIn(min = Tokens.Size.field)
                .outlined(field, focused)
                .padding(start = Tokens.Space.m, end = if (end == null) Tokens.Space.m else Tokens.Space.xxs),
            verticalAlignment = Alignment.CenterVertically
        ) {
            Box(
                Modifier
                    .weight(1f)
                    .padding(vertical = if (field.kind == FieldKind.MULTILINE_TEXT) Tokens.Space.s else Tokens.Space.xs)
                    .onSizeChanged { onTextWidthChange(it.width) }
            ) {
                if (empty) field.placeholder?.let { Placeholder(it) }
                content()
            }
            field.suffix?.let { SecondaryText(it, Modifier.padding(horizontal = Tokens.Space.xs)) }
            end?.invoke()
        }
        FieldSupportingText(field)
        StrengthMeter(field)
    }
}

@Composable
private fun Placeholder(text: String) =
    SecondaryText(text, style = MaterialTheme.typography.bodyLarge.alignedToLayoutStart())

/** A field's box: its ground, and the line around it that says where the member is and what is wrong. */
@Composable
internal fun Modifier.outlined(field: FieldView, focused: Boolean): Modifier {
    val colours = MaterialTheme.colorScheme
    val (width, line) = when {
        field.problem != null -> Tokens.Size.focusStroke to colours.error
        focused -> Tokens.Size.focusStroke to colours.primary
        else -> Tokens.Size.fieldStroke to colours.outline
    }
    val shape = MaterialTheme.shapes.small
    return background(MaterialTheme.roles.field, shape).border(width, line, shape)
}

/** The label, the guide's French name for it when there is one, and how much is typed. */
@Composable
internal fun FieldLabel(field: FieldView) {
    FlowRow(
        Modifier.padding(bottom = 6.dp),
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs),
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        Text(
            field.label,
            style = MaterialTheme.typography.titleSmall,
            color = MaterialTheme.colorScheme.onSurface
        )
        field.guideName?.let {
            SecondaryText(it, locales = french)
        }
        field.count?.let { SecondaryText(it) }
    }
}

/** Problem of a field, and under it the help; the help of wishes stands above them. */
@Composable
internal fun FieldSupportingText(field: FieldView) {
    field.problem?.let { ProblemLine(it) }
    field.help?.takeUnless { field.kind == FieldKind.WISHES }?.let { SecondaryText(it, Modifier.padding(top = 6.dp)) }
}
