package ma.fos.services.ui.forms

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.FieldView
import ma.fos.core.OptionView
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Ranked multi-select: a tap appends an option at the last rank, or removes it. */
@Composable
internal fun WishesField(field: FieldView, onTouch: (String) -> Unit) {
    Column(Modifier.testTag(field.key)) {
        FieldLabel(field)
        field.help?.let { SecondaryText(it, Modifier.padding(bottom = Tokens.Space.xs)) }
        Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)) {
            for (option in field.options) {
                OptionBox(
                    option,
                    field.problem != null,
                    Modifier.fillMaxWidth().testTag("${field.key}:${option.key}"),
                    Modifier.toggleable(option.chosen, role = Role.Checkbox) { onTouch(option.key) }
                ) { RankBadge(option.rank) }
            }
        }
        FieldSupportingText(field)
    }
}

/** Rank of a chosen option; an empty ring for another one. */
@Composable
private fun RankBadge(rank: String?) {
    val colours = MaterialTheme.colorScheme
    val letters = MaterialTheme.typography.titleSmall.fontSize
    val ring = Modifier.size(with(LocalDensity.current) { letters.toDp() } * BADGE_SIZE_PER_FONT_SIZE)
    if (rank == null) {
        Box(ring.border(2.dp, colours.outline, CircleShape))
    } else {
        Box(ring.background(colours.primary, CircleShape), Alignment.Center) {
            Text(rank, style = MaterialTheme.typography.titleSmall, color = colours.onPrimary)
        }
    }
}

/** Badge size relative to the font size, so that it follows font scaling. */
private const val BADGE_SIZE_PER_FONT_SIZE = 1.9f
