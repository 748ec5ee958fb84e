package ma.fos.services.forms

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
import ma.fos.services.parts.Text
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** Wishes as boxes, each with its place: a touch puts one last, another takes it out. */
@Composable
internal fun WishesPart(field: FieldView, onTouch: (String) -> Unit) {
    Column(Modifier.testTag(field.key)) {
        FieldLabel(field)
        Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)) {
            for (option in field.options) {
                Wish(option, Modifier.testTag("${field.key}:${option.key}")) { onTouch(option.key) }
            }
        }
        FieldFoot(field)
    }
}

@Composable
private fun Wish(option: OptionView, modifier: Modifier, onTap: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    val border = if (option.chosen) {
        BorderStroke(Tokens.Size.focusStroke, colours.primary)
    } else {
        BorderStroke(Tokens.Size.fieldStroke, colours.outline)
    }
    Surface(
        checked = option.chosen,
        onCheckedChange = { onTap() },
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
            Place(option.rank)
            Text(option.label, style = MaterialTheme.typography.titleSmall)
        }
    }
}

/** The place among the wishes; an empty ring for what is not wished. */
@Composable
private fun Place(place: String?) {
    val colours = MaterialTheme.colorScheme
    val letters = MaterialTheme.typography.titleSmall.fontSize
    val ring = Modifier.size(with(LocalDensity.current) { letters.toDp() } * AROUND)
    if (place == null) {
        Box(ring.border(2.dp, colours.outline, CircleShape))
    } else {
        Box(ring.background(colours.primary, CircleShape), Alignment.Center) {
            Text(place, style = MaterialTheme.typography.titleSmall, color = colours.onPrimary)
        }
    }
}

/** A place grows with its letters, which grow less the larger they are. */
private const val AROUND = 1.9f
