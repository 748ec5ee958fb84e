package ma.fos.services.feature.services

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.FilledIconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.CardView
import ma.fos.core.GroupView
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.Chip
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.LeadingRow
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.SymbolTile
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Header of a group of services: its name and their number. */
@Composable
internal fun GroupTitle(group: GroupView) {
    CentredRow(
        Tokens.Space.xs,
        Modifier
            .fillMaxWidth()
            .margins()
            .padding(top = Tokens.Space.xs, bottom = 10.dp)
            .semantics(mergeDescendants = true) { heading() }
    ) {
        Box(Modifier.size(10.dp).background(MaterialTheme.roles.of(group.tone).main, CircleShape))
        Text(group.title, Modifier.weight(1f, fill = false), style = MaterialTheme.typography.titleMedium)
        SecondaryText(group.count, style = MaterialTheme.typography.titleSmall)
    }
}

/** A service in the list: the card opens its page, «+» starts a request. */
@Composable
internal fun ServiceCard(card: CardView, onOpen: () -> Unit, onStart: () -> Unit, modifier: Modifier = Modifier) {
    val ground = if (card.quiet) MaterialTheme.colorScheme.surfaceContainerLow else MaterialTheme.roles.card
    FosCard(modifier.testTag("card:${card.id}"), onOpen, ground) {
        Box(Modifier.padding(14.dp)) {
            LeadingRow(
                { SymbolTile(card.icon, card.quiet) },
                { card.plus?.let { StartRequestButton(card.id, it, onStart) } }
            ) { CardWords(card) }
        }
    }
}

@Composable
private fun CardWords(card: CardView) {
    Text(card.title, Modifier.padding(bottom = 2.dp), style = MaterialTheme.typography.titleMedium)
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(10.dp),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.xxs),
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        card.chip?.let { Chip(it) }
        SecondaryText(card.line)
    }
}

/** The guide's «+», named after its service for a screen reader. */
@Composable
private fun StartRequestButton(id: String, description: String, onClick: () -> Unit) = FilledIconButton(
    onClick,
    Modifier.size(52.dp).testTag("plus:$id").focusRing().semantics { contentDescription = description },
    shape = MaterialTheme.shapes.medium
) { Symbol("add", size = 30.dp) }
