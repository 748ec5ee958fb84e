package ma.fos.services.ui.forms

import androidx.compose.foundation.LocalIndication
import androidx.compose.foundation.clickable
import androidx.compose.foundation.indication
import androidx.compose.foundation.interaction.InteractionSource
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import ma.fos.core.FieldView
import ma.fos.core.Phrase
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens

/** Field with the chosen one of many options; a tap on it or on its label opens the list of all. */
@Composable
internal fun SearchableField(field: FieldView, onOpen: () -> Unit) {
    val interactionSource = remember { MutableInteractionSource() }
    Column(
        Modifier
            .fillMaxWidth()
            .clickable(interactionSource, indication = null, role = Role.DropdownList, onClick = onOpen)
            .testTag(field.key)
            .semantics { field.problem?.let { error(it) } }
    ) {
        FieldLabel(field)
        SelectedValue(field, interactionSource)
        FieldSupportingText(field)
    }
}

@Composable
private fun SelectedValue(field: FieldView, interactionSource: InteractionSource) {
    val colours = MaterialTheme.colorScheme
    val chosen = field.options.firstOrNull { it.chosen }
    CentredRow(
        Tokens.Space.xs,
        Modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.field)
            .outlined(field, focused = false)
            .clip(MaterialTheme.shapes.small)
            .indication(interactionSource, LocalIndication.current)
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.xs)
    ) {
        Text(
            chosen?.label ?: phrase(Phrase.CHOOSE),
            Modifier.weight(1f).testTag("${field.key}:${chosen?.key.orEmpty()}"),
            style = MaterialTheme.typography.bodyLarge,
            color = if (chosen == null) colours.onSurfaceVariant else colours.onSurface
        )
        Symbol("keyboard_arrow_down", tint = colours.onSurfaceVariant)
    }
}
