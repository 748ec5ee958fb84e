package ma.fos.services.feature.services

import androidx.compose.foundation.BorderStroke
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
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.CardView
import ma.fos.core.GroupView
import ma.fos.services.ui.components.Chip
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.SymbolTile
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Header of a group of services: its name and their number. */
@Composable
internal fun GroupTitle(group: GroupView) {
    Row(
        Modifier
            .fillMaxWidth()
            .margins()
            .padding(top = Tokens.Space.xs, bottom = 10.dp)
            .semantics(mergeDescendants = true) { heading() },
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Box(Modifier.size(10.dp).background(MaterialTheme.roles.of(group.tone).main, CircleShape))
        Text(group.title, Modifier.weight(1f, fill = false), style = MaterialTheme.typography.titleMedium)
        Text(
            group.count,
            style = MaterialTheme.typography.titleSmall,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
    }
}

/** A service in the list: the card opens its page, «+» starts a request. */
@Composable
internal fun ServiceCard(card: CardView, onOpen: () -> Unit, onStart: () -> Unit, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    Surface(
        onClick = onOpen,
        modifier = modifier.fillMaxWidth().testTag("card:${card.id}").semantics { role = Role.Button },
        shape = RoundedCornerShape(Tokens.Radius.card),
        color = if (card.quiet) colours.surfaceContainerLow else MaterialTheme.roles.card,
        contentColor = colours.onSurface,
        border = BorderStroke(Tokens.Size.stroke, colours.outlineVariant)
    ) {
        val plus = @Composable { card.plus?.let { StartRequestButton(card.id, it, onStart) } }
        if (isStackedLayout) {
            Column(Modifier.padding(14.dp), Arrangement.spacedBy(Tokens.Space.s)) {
                Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween) {
                    SymbolTile(card.icon, card.quiet)
                    plus()
                }
                CardWords(card)
            }
        } else {
            Row(
                Modifier.padding(14.dp),
                horizontalArrangement = Arrangement.spacedBy(14.dp),
                verticalAlignment = Alignment.CenterVertically
            ) {
                SymbolTile(card.icon, card.quiet)
                CardWords(card, Modifier.weight(1f))
                plus()
            }
        }
    }
}

@Composable
private fun CardWords(card: CardView, modifier: Modifier = Modifier) {
    Column(modifier, Arrangement.spacedBy(2.dp)) {
        Text(card.title, style = MaterialTheme.typography.titleMedium)
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(10.dp),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.xxs),
            itemVerticalAlignment = Alignment.CenterVertically
        ) {
            card.chip?.let { Chip(it) }
            Text(
                card.line,
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
        }
    }
}

/** The guide's «+», named after its service for a screen reader. */
@Composable
private fun StartRequestButton(id: String, description: String, onClick: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Surface(
        onClick = onClick,
        modifier = Modifier.size(52.dp).testTag("plus:$id").semantics {
            role = Role.Button
            contentDescription = description
        },
        shape = RoundedCornerShape(Tokens.Radius.button),
        color = colours.primary,
        contentColor = colours.onPrimary
    ) {
        Box(contentAlignment = Alignment.Center) { Symbol("add", size = 30.dp) }
    }
}
