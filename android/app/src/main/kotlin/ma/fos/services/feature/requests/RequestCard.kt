package ma.fos.services.feature.requests

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
import ma.fos.services.ui.components.Chip
import ma.fos.services.ui.components.SymbolTile
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.alignedToLayoutStart
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

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
    if (isStackedLayout) {
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
                style = MaterialTheme.typography.bodyMedium.alignedToLayoutStart().copy(
                    textDirection = TextDirection.Ltr
                ),
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
    }
}
