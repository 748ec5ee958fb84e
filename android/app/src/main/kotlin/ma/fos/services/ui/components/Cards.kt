package ma.fos.services.ui.components

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedCard
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.ChipView
import ma.fos.core.DocumentView
import ma.fos.core.FactView
import ma.fos.core.Identifier
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Card that groups content: a lighter surface with a thin outline, no shadow. The whole of it can be tapped if [onClick] is given. */
@Composable
internal fun FosCard(
    modifier: Modifier = Modifier,
    onClick: (() -> Unit)? = null,
    color: Color = MaterialTheme.roles.card,
    border: BorderStroke = CardDefaults.outlinedCardBorder(),
    content: @Composable ColumnScope.() -> Unit
) {
    val shape = MaterialTheme.shapes.large
    val colours = CardDefaults.outlinedCardColors(color, MaterialTheme.colorScheme.onSurface)
    if (onClick == null) {
        OutlinedCard(modifier.fillMaxWidth(), shape, colours, border = border, content = content)
    } else {
        val button = modifier.fillMaxWidth().focusRing(Tokens.Radius.card).semantics { role = Role.Button }
        OutlinedCard(onClick, button, shape = shape, colors = colours, border = border, content = content)
    }
}

/** Words between what leads them and an [end]; at large font sizes under both, over the whole width. */
@Composable
internal fun LeadingRow(
    leading: @Composable () -> Unit,
    end: @Composable () -> Unit = {},
    words: @Composable ColumnScope.() -> Unit
) {
    if (isStackedLayout) {
        Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Tokens.Space.s)) {
            Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
                leading()
                end()
            }
            Column(content = words)
        }
    } else {
        CentredRow(14.dp, Modifier.fillMaxWidth()) {
            leading()
            Column(Modifier.weight(1f), content = words)
            end()
        }
    }
}

/** Head of a page about one service or request: tile, name and state. */
@Composable
internal fun DetailHeader(icon: String, title: String, state: ChipView) =
    LeadingRow({ SymbolTile(icon, quiet = false, size = 64.dp) }) {
        Heading(title, Modifier.padding(bottom = Tokens.Space.xxs), MaterialTheme.typography.headlineMedium)
        Chip(state)
    }

/** Card of [items], a line between them. */
@Composable
internal fun <Item> CardOf(items: List<Item>, show: @Composable (Int, Item) -> Unit) = FosCard {
    items.forEachIndexed { place, item ->
        if (place > 0) HorizontalDivider()
        show(place, item)
    }
}

/** A block of facts. */
@Composable
internal fun Facts(facts: List<FactView>) = CardOf(facts) { _, fact -> Fact(fact) }

@Composable
private fun Fact(fact: FactView) {
    CentredRow(
        Tokens.Space.s,
        Modifier
            .fillMaxWidth()
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.s)
            .semantics(mergeDescendants = true) {}
    ) {
        fact.icon?.let { Symbol(it, tint = MaterialTheme.colorScheme.primary) }
        FlowRow(
            Modifier.weight(1f),
            horizontalArrangement = Arrangement.SpaceBetween,
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs),
            itemVerticalAlignment = Alignment.CenterVertically
        ) {
            LabelAndValue(fact)
            fact.chip?.let { Chip(it) }
        }
    }
}

/** Label of a fact, and under it its value for this member. */
@Composable
internal fun LabelAndValue(fact: FactView, modifier: Modifier = Modifier) {
    Column(modifier) {
        SecondaryText(fact.label)
        val value = fact.value
        Text(value.shown, Modifier.spelledOut(fact.label, value), style = MaterialTheme.typography.titleMedium)
    }
}

/** A fact to copy: its label, its value letter by letter, and the button that copies it, under the tag `copy:KEY`. */
@Composable
internal fun CopyableFact(key: String, fact: FactView) = Row(
    Modifier
        .padding(start = Tokens.Space.m, end = Tokens.Space.xxs)
        .padding(vertical = Tokens.Space.xs),
    verticalAlignment = Alignment.CenterVertically
) {
    LabelAndIdentifier(fact.label, fact.value, Modifier.weight(1f))
    CopyButton(key, fact.label, fact.value)
}

/** Label of an identifier, and under it the identifier letter by letter. */
@Composable
internal fun LabelAndIdentifier(label: String, identifier: Identifier, modifier: Modifier = Modifier) =
    Column(modifier.semantics(mergeDescendants = true) {}) {
        SecondaryText(label)
        IdentifierText(identifier, label)
    }

/** List of the documents to prepare. */
@Composable
internal fun Documents(title: String?, documents: List<DocumentView>) {
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)) {
        title?.let { Heading(it) }
        for (document in documents) {
            CentredRow(Tokens.Space.m, Modifier.semantics(mergeDescendants = true) {}) {
                SecondarySymbol(document.icon)
                Column {
                    Text(document.title, style = MaterialTheme.typography.bodyLarge)
                    document.note?.let { SecondaryText(it) }
                }
            }
        }
    }
}

/** A symbol beside a line of text, quieter than the text. */
@Composable
internal fun SecondarySymbol(name: String, description: String? = null) =
    Symbol(name, description = description, tint = MaterialTheme.colorScheme.onSurfaceVariant)
