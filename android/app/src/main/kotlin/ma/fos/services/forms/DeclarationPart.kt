package ma.fos.services.forms

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import ma.fos.core.FieldView
import ma.fos.services.parts.Text
import ma.fos.services.theme.Tokens

/** Whether the member has declared it. */
internal val FieldView.declared: Boolean get() = options.any { it.chosen }

/** What the member declares, beside a box. */
@Composable
internal fun DeclarationPart(field: FieldView, onTap: () -> Unit) {
    Column {
        FieldLabel(field)
        Row(
            Modifier
                .fillMaxWidth()
                .heightIn(min = Tokens.Size.button)
                .toggleable(field.declared, role = Role.Checkbox) { onTap() }
                .testTag(field.key)
                .semantics { field.problem?.let { error(it) } },
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s)
        ) {
            Checkbox(field.declared, onCheckedChange = null, Modifier.padding(top = Tokens.Space.xxs))
            for (option in field.options) {
                Text(option.label, Modifier.weight(1f), style = MaterialTheme.typography.bodyLarge)
            }
        }
        FieldFoot(field)
    }
}
