package ma.fos.services.feature.requests

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.unit.dp
import ma.fos.core.RequestCardView
import ma.fos.services.ui.components.Chip
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.LeadingRow
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.SymbolTile
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.alignedToLayoutStart
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** A request in the list: which one, how it stands, what comes next. One that waits for the member has a line around it. */
@Composable
internal fun RequestCard(
    card: RequestCardView,
    onOpen: () -> Unit,
    modifier: Modifier = Modifier,
    onDelete: () -> Unit = {}
) {
    val border = if (card.needsAction) {
        BorderStroke(Tokens.Size.focusStroke, MaterialTheme.roles.warning.main)
    } else {
        CardDefaults.outlinedCardBorder()
    }
    FosCard(modifier.testTag("request:${card.id}"), onOpen, border = border) {
        Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(10.dp)) {
            LeadingRow({ SymbolTile(card.icon, quiet = false) }) { Name(card) }
            Chip(card.state)
            Text(card.line, style = MaterialTheme.typography.bodyMedium)
            card.delete?.let { GuardedTextButton(it.open, onDelete, symbol = "delete") }
        }
    }
}

@Composable
private fun Name(card: RequestCardView) {
    Text(card.title, style = MaterialTheme.typography.titleMedium)
    card.number?.let {
        val style = MaterialTheme.typography.bodyMedium.alignedToLayoutStart().copy(textDirection = TextDirection.Ltr)
        SecondaryText(it.shown, Modifier.fillMaxWidth(), style)
    }
}
