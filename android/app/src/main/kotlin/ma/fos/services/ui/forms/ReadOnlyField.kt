package ma.fos.services.ui.forms

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import ma.fos.core.FieldView
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Result of the member's input, which cannot be edited; read out again by a screen reader when it changes. */
@Composable
internal fun ReadOnlyField(field: FieldView) {
    val shade = MaterialTheme.roles.info
    Column(
        Modifier
            .fillMaxWidth()
            .background(shade.container, MaterialTheme.shapes.small)
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.s)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }
    ) {
        FlowRow(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.SpaceBetween,
            itemVerticalAlignment = Alignment.CenterVertically
        ) {
            Text(field.label, style = MaterialTheme.typography.titleSmall, color = shade.onContainer)
            Text(
                field.value,
                Modifier.testTag(field.key),
                style = MaterialTheme.typography.titleLarge,
                color = shade.onContainer
            )
        }
        field.help?.let { Text(it, style = MaterialTheme.typography.bodySmall, color = shade.onContainer) }
    }
}
