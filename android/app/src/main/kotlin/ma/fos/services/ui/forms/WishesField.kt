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
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Ranked multi-select: a tap appends an option at the last rank, or removes it. */
@Composable
internal fun WishesField(field: FieldView, onTouch: (String) -> Unit) {
    Column(Modifier.testTag(field.key)) {
        FieldLabel(field)
        Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)) {
            for (option in field.options) {
                Wish(option, Modifier.testTag("${field.key}:${option.key}")) { onTouch(option.key) }
            }
        }
        FieldSupportingText(field)
    }
}

@Composable
private fun Wish(option: OptionView, modifier: Modifier, onClick: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    val border = if (option.chosen) {
        BorderStroke(Tokens.Size.focusStroke, colours.primary)
    } else {
        BorderStroke(Tokens.Size.fieldStroke, colours.outline)
    }
    Surface(
        checked = option.chosen,
        onCheckedChange = { onClick() },
        modifier = modifier.fillMaxWidth().heightIn(min = Tokens.Size.field).semantics { role = Role.Checkbox },
        shape = RoundedCornerShape(Tokens.Radius.field),
        color = if (option.chosen) colours.primaryContainer else MaterialTheme.roles.field,
        contentColor = if (option.chosen) colours.onPrimaryContainer else colours.onSurface,
        border = border
    ) {
        Row(
            Modifier.padding(horizontal = 14.dp, vertical = Tokens.Space.xs),
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
            verticalAlignment = Alignment.CenterVertically
        ) {
            RankBadge(option.rank)
            Text(option.label, style = MaterialTheme.typography.titleSmall)
        }
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
