package ma.fos.services.forms

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import ma.fos.core.SectionView
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.Text
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** Where a section of a form begins, and how far it is filled in. */
@Composable
internal fun SectionTitle(section: SectionView) {
    FlowRow(
        Modifier
            .fillMaxWidth()
            .padding(top = Tokens.Space.m, bottom = Tokens.Space.s)
            .semantics(mergeDescendants = true) { heading() },
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        Text(section.title, style = MaterialTheme.typography.titleLarge)
        if (section.done) Symbol("check_circle-fill", tint = MaterialTheme.roles.success.main)
        Text(
            section.progress,
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
    }
}
