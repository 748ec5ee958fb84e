package ma.fos.services.ui.forms

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.FieldView
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.theme.Tokens

/** True if the declaration is checked. */
internal val FieldView.declared: Boolean get() = options.any { it.chosen }

/** Declaration of the member with a checkbox; the whole row can be tapped. */
@Composable
internal fun DeclarationField(field: FieldView, onClick: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    val border = if (field.declared) {
        BorderStroke(Tokens.Size.focusStroke, colours.primary)
    } else {
        BorderStroke(Tokens.Size.fieldStroke, colours.outline)
    }
    val behaviour = Modifier.toggleable(field.declared, role = Role.Checkbox) { onClick() }
    Column {
        FieldLabel(field)
        CheckCard(field, field.declared, border, behaviour, alignment = Alignment.Top) {
            Column { field.options.forEach { Text(it.label, style = MaterialTheme.typography.bodyLarge) } }
        }
    }
}
