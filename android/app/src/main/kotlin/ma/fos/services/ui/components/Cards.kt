package ma.fos.services.ui.components

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.ChipView
import ma.fos.core.DocumentView
import ma.fos.core.FactView
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Card that groups content: a lighter surface with a thin outline, no shadow. */
@Composable
internal fun FosCard(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    Surface(
        modifier = modifier.fillMaxWidth(),
        shape = RoundedCornerShape(Tokens.Radius.card),
        color = MaterialTheme.roles.card,
        contentColor = MaterialTheme.colorScheme.onSurface,
        border = BorderStroke(Tokens.Size.stroke, MaterialTheme.colorScheme.outlineVariant)
    ) { Column { content() } }
}

/** Head of a page about one service or request: tile, name and state; under each other where the letters are large. */
@Composable
internal fun DetailHeader(icon: String, title: String, state: ChipView) {
    val words = @Composable { modifier: Modifier ->
        Column(modifier, Arrangement.spacedBy(Tokens.Space.xxs)) {
            Text(title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineMedium)
            Chip(state)
        }
    }
    if (isStackedLayout) {
        Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
            SymbolTile(icon, quiet = false, size = 64.dp)
            words(Modifier)
        }
    } else {
        Row(
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
            verticalAlignment = Alignment.CenterVertically
        ) {
            SymbolTile(icon, quiet = false, size = 64.dp)
            words(Modifier.weight(1f))
        }
    }
}

/** A block of facts, a line between them. */
@Composable
internal fun Facts(facts: List<FactView>) {
    FosCard {
        facts.forEachIndexed { place, fact ->
            if (place > 0) HorizontalDivider(color = MaterialTheme.colorScheme.outlineVariant)
            Fact(fact)
        }
    }
}

@Composable
private fun Fact(fact: FactView) {
    Row(
        Modifier
            .fillMaxWidth()
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.s)
            .semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
        verticalAlignment = Alignment.CenterVertically
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
        Text(
            fact.label,
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        Text(
            fact.value.shown,
            Modifier.spelledOut(fact.label, fact.value),
            style = MaterialTheme.typography.titleMedium
        )
    }
}

/** A fact to copy: its label, its value letter by letter, and the button that copies it, under the tag `copy:KEY`. */
@Composable
internal fun CopyableFact(key: String, fact: FactView) {
    Row(
        Modifier.padding(
            start = Tokens.Space.m,
            end = Tokens.Space.xxs,
            top = Tokens.Space.xs,
            bottom = Tokens.Space.xs
        ),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Column(Modifier.weight(1f).semantics(mergeDescendants = true) {}) {
            Text(
                fact.label,
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.onSurfaceVariant
            )
            IdentifierText(fact.value, fact.label)
        }
        CopyButton(key, fact.label, fact.value)
    }
}

/** List of the documents to prepare. */
@Composable
internal fun Documents(title: String?, documents: List<DocumentView>) {
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)) {
        if (title != null) {
            Text(title, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
        }
        for (document in documents) {
            Row(
                Modifier.semantics(mergeDescendants = true) {},
                horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
                verticalAlignment = Alignment.CenterVertically
            ) {
                SecondarySymbol(document.icon)
                Column {
                    Text(document.title, style = MaterialTheme.typography.bodyLarge)
                    document.note?.let {
                        Text(
                            it,
                            style = MaterialTheme.typography.bodyMedium,
                            color = MaterialTheme.colorScheme.onSurfaceVariant
                        )
                    }
                }
            }
        }
    }
}

/** A symbol beside a line of text, quieter than the text. */
@Composable
internal fun SecondarySymbol(
    name: String,
    description: String? = null,
    tint: Color = MaterialTheme.colorScheme.onSurfaceVariant
) {
    Symbol(name, description = description, tint = tint)
}
