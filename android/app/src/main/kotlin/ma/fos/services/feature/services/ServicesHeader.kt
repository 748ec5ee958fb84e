package ma.fos.services.feature.services

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.material3.FilterChip
import androidx.compose.material3.FilterChipDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.OptionView
import ma.fos.core.Phrase
import ma.fos.core.ServicesView
import ma.fos.services.ui.components.BrandHeader
import ma.fos.services.ui.components.SearchField
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing
import ma.fos.services.ui.theme.roles

/** Header of the list of services, with the search field. */
@Composable
internal fun ServicesHeader(view: ServicesView?, search: TextFieldState, onProfile: () -> Unit) {
    BrandHeader(view?.title ?: phrase(Phrase.SERVICES), onProfile) {
        SearchField(view?.searchHint.orEmpty(), search, Modifier.testTag("search"), MaterialTheme.roles.brandField)
    }
}

/** The categories in one row that scrolls; the chosen one is filled. */
@Composable
internal fun Categories(categories: List<OptionView>, onChoose: (String) -> Unit) {
    Row(
        Modifier
            .horizontalScroll(rememberScrollState())
            .selectableGroup()
            .margins()
            .padding(vertical = 14.dp),
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
    ) {
        categories.forEach { Category(it) { onChoose(it.key) } }
    }
}

/** A category; one of them is chosen, as with radio buttons. */
@Composable
private fun Category(option: OptionView, onClick: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    FilterChip(
        option.chosen,
        onClick,
        label = { Text(option.label, style = MaterialTheme.typography.titleSmall) },
        Modifier
            .heightIn(min = Tokens.Size.touch)
            .testTag("category:${option.key}")
            .focusRing()
            .semantics { role = Role.RadioButton },
        shape = MaterialTheme.shapes.medium,
        colors = FilterChipDefaults.filterChipColors(
            labelColor = colours.onSurface,
            selectedContainerColor = colours.primary,
            selectedLabelColor = colours.onPrimary
        ),
        border = BorderStroke(Tokens.Size.fieldStroke, colours.outline).takeIf { !option.chosen }
    )
}
