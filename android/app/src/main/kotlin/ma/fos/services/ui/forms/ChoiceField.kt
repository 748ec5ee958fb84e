package ma.fos.services.ui.forms

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.RadioButton
import androidx.compose.material3.RadioButtonDefaults
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import ma.fos.core.FieldView
import ma.fos.core.OptionView
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Field with a few options as boxes, side by side if each fits on one line. */
@Composable
internal fun ChoiceField(field: FieldView, onChoose: (String) -> Unit) {
    Column(Modifier.selectableGroup().testTag(field.key)) {
        FieldLabel(field)
        BoxWithConstraints(Modifier.fillMaxWidth()) {
            val beside = fitBeside(field.options, maxWidth)
            val box = @Composable { option: OptionView, modifier: Modifier ->
                Option(option, field.problem != null, modifier.testTag("${field.key}:${option.key}")) {
                    onChoose(option.key)
                }
            }
            if (beside) {
                Row(horizontalArrangement = Arrangement.spacedBy(GAP)) {
                    field.options.forEach { box(it, Modifier.weight(1f)) }
                }
            } else {
                Column(verticalArrangement = Arrangement.spacedBy(GAP)) {
                    field.options.forEach { box(it, Modifier.fillMaxWidth()) }
                }
            }
        }
        FieldSupportingText(field)
    }
}

private val GAP = 10.dp

/** Width that an option needs around its words: margins, the circle and the room between. */
private val AROUND = 68.dp

@Composable
private fun fitBeside(options: List<OptionView>, width: Dp): Boolean {
    val measurer = rememberTextMeasurer()
    val style = MaterialTheme.typography.titleSmall
    val room = (width - GAP * (options.size - 1)) / options.size - AROUND
    return with(LocalDensity.current) {
        options.all { measurer.measure(it.label, style, maxLines = 1).size.width <= room.roundToPx() }
    }
}

@Composable
private fun Option(option: OptionView, invalid: Boolean, modifier: Modifier, onClick: () -> Unit) = OptionBox(
    option,
    invalid,
    modifier,
    Modifier.selectable(option.chosen, role = Role.RadioButton, onClick = onClick)
) {
    val colours = MaterialTheme.colorScheme
    val radio = RadioButtonDefaults.colors(colours.primary, colours.onSurfaceVariant)
    RadioButton(option.chosen, onClick = null, colors = radio)
}

/** Box of an option: its [mark] and its label. [behaviour] lets it be chosen; in an [invalid] field its line says so. */
@Composable
internal fun OptionBox(
    option: OptionView,
    invalid: Boolean,
    modifier: Modifier,
    behaviour: Modifier,
    mark: @Composable () -> Unit
) {
    val colours = MaterialTheme.colorScheme
    val shape = MaterialTheme.shapes.small
    val look = if (option.chosen) {
        Modifier.background(colours.primaryContainer).border(Tokens.Size.focusStroke, colours.primary, shape)
    } else {
        val line = if (invalid) colours.error else colours.outline
        Modifier.background(MaterialTheme.roles.field).border(Tokens.Size.fieldStroke, line, shape)
    }
    CentredRow(
        Tokens.Space.s,
        modifier
            .heightIn(min = Tokens.Size.field)
            .clip(shape)
            .then(look)
            .then(behaviour)
            .padding(horizontal = 14.dp, vertical = Tokens.Space.xs)
    ) {
        mark()
        val ink = if (option.chosen) colours.onPrimaryContainer else colours.onSurface
        Text(option.label, style = MaterialTheme.typography.titleSmall, color = ink)
    }
}
