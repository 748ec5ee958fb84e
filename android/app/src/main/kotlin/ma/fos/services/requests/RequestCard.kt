package ma.fos.services.requests

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import ma.fos.core.RequestCardView
import ma.fos.services.parts.Chip
import ma.fos.services.parts.SymbolTile
import ma.fos.services.parts.Text
import ma.fos.services.parts.atPageStart
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles
import ma.fos.services.theme.stacked

/** A request in the list: which one, how it stands, what comes next. One that waits for the member has a line around it. */
@Composable
internal fun RequestCard(card: RequestCardView, onOpen: () -> Unit, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    val line = if (card.needsAction) {
        BorderStroke(Tokens.Size.focusStroke, MaterialTheme.roles.warning.main)
    } else {
        BorderStroke(Tokens.Size.stroke, colours.outlineVariant)
    }
    Surface(
        onClick = onOpen,
        modifier = modifier.fillMaxWidth().testTag("request:${card.id}").semantics { role = Role.Button },
        shape = RoundedCornerShape(Tokens.Radius.card),
        color = MaterialTheme.roles.card,
        contentColor = colours.onSurface,
        border = line
    ) {
        Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(10.dp)) {
            Head(card)
            Chip(card.state)
            Text(card.line, style = MaterialTheme.typography.bodyMedium)
        }
    }
}

@Composable
private fun Head(card: RequestCardView) {
    if (stacked) {
        SymbolTile(card.icon, quiet = false)
        Name(card)
    } else {
        Row(
            horizontalArrangement = Arrangement.spacedBy(14.dp),
            verticalAlignment = Alignment.CenterVertically
        ) {
            SymbolTile(card.icon, quiet = false)
            Name(card, Modifier.weight(1f))
        }
    }
}

@Composable
private fun Name(card: RequestCardView, modifier: Modifier = Modifier) {
    Column(modifier) {
        Text(card.title, style = MaterialTheme.typography.titleMedium)
        card.number?.let {
            Text(
                it.shown,
                Modifier.fillMaxWidth(),
                style = MaterialTheme.typography.bodyMedium.atPageStart().copy(textDirection = TextDirection.Ltr),
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
    }
}
