package ma.fos.services.forms

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
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.Text
import ma.fos.services.parts.say
import ma.fos.services.theme.Tokens

/** One of many: what stands, and behind a touch the list of all. A touch on the label opens it too. */
@Composable
internal fun SearchPart(field: FieldView, onOpen: () -> Unit) {
    val touched = remember { MutableInteractionSource() }
    Column(
        Modifier
            .fillMaxWidth()
            .clickable(touched, indication = null, role = Role.DropdownList, onClick = onOpen)
            .testTag(field.key)
            .semantics { field.problem?.let { error(it) } }
    ) {
        FieldLabel(field)
        Standing(field, touched)
        FieldFoot(field)
    }
}

@Composable
private fun Standing(field: FieldView, touched: InteractionSource) {
    val colours = MaterialTheme.colorScheme
    val chosen = field.options.firstOrNull { it.chosen }
    Row(
        Modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.field)
            .outlined(field, focused = false)
            .clip(RoundedCornerShape(Tokens.Radius.field))
            .indication(touched, LocalIndication.current)
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.xs),
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Text(
            chosen?.label ?: say(Phrase.CHOOSE),
            Modifier.weight(1f).testTag("${field.key}:${chosen?.key.orEmpty()}"),
            style = MaterialTheme.typography.bodyLarge,
            color = if (chosen == null) colours.onSurfaceVariant else colours.onSurface
        )
        Symbol("keyboard_arrow_down", tint = colours.onSurfaceVariant)
    }
}
