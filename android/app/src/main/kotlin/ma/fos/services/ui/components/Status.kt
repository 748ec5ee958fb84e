package ma.fos.services.ui.components

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import ma.fos.core.ChipView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight
import ma.fos.services.ui.theme.roles

/** Chip that shows a state by a symbol and a word, never by colour alone. It cannot be tapped, as Material's chips can. */
@Composable
internal fun Chip(chip: ChipView, modifier: Modifier = Modifier) {
    val shade = MaterialTheme.roles.of(chip.tone)
    CentredRow(
        6.dp,
        modifier
            .background(shade.container, MaterialTheme.shapes.extraSmall)
            .padding(horizontal = 10.dp, vertical = Tokens.Space.xxs)
    ) {
        Symbol(chip.icon, size = 18.dp, tint = shade.onContainer)
        Text(chip.text, style = MaterialTheme.typography.labelMedium, color = shade.onContainer)
    }
}

/** Banner of the most important of [notices], under the header; it moves the page down and covers nothing. */
@Composable
internal fun Banner(notices: List<NoticeView>) {
    val notice = notices.firstOrNull() ?: return
    val shade = MaterialTheme.roles.of(notice.tone)
    val onNotice = LocalAppActions.current.onNotice
    FlowRow(
        Modifier
            .fillMaxWidth()
            .background(shade.container)
            .margins()
            .padding(vertical = Tokens.Space.xxs)
            .semantics { isTraversalGroup = true },
        horizontalArrangement = Arrangement.SpaceBetween,
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        CentredRow(
            Tokens.Space.s,
            Modifier
                .padding(vertical = 6.dp)
                .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }
        ) {
            Symbol(notice.icon, size = 24.dp, tint = shade.onContainer)
            Text(notice.text, style = MaterialTheme.typography.labelMedium, color = shade.onContainer)
        }
        notice.action?.let { action ->
            TextActionButton(
                action.label,
                { notice.actionKind?.let(onNotice) },
                Modifier.padding(vertical = Tokens.Space.xxs).testTag(action.key),
                tint = shade.onContainer,
                outlined = true
            )
        }
    }
}

/** Card of a problem and of what to do, read out at once by a screen reader unless it is [old]. */
@Composable
internal fun ProblemCard(text: String, modifier: Modifier = Modifier, old: Boolean = false) {
    val shade = MaterialTheme.roles.error
    Row(
        modifier
            .fillMaxWidth()
            .background(shade.container, MaterialTheme.shapes.large)
            .padding(Tokens.Space.m)
            .semantics(mergeDescendants = true) { if (!old) liveRegion = LiveRegionMode.Assertive },
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s)
    ) {
        Symbol("error-fill", description = phrase(Phrase.PROBLEM_ICON), tint = shade.onContainer)
        Text(text, style = MaterialTheme.typography.titleSmall, color = shade.onContainer)
    }
}

/** Error of a field, shown in place of its help. */
@Composable
internal fun ProblemLine(text: String) {
    val colour = MaterialTheme.colorScheme.error
    Row(
        Modifier.padding(top = Tokens.Space.xs),
        horizontalArrangement = Arrangement.spacedBy(10.dp)
    ) {
        Symbol("error-fill", description = phrase(Phrase.PROBLEM_ICON), size = 24.dp, tint = colour)
        Text(text, style = MaterialTheme.typography.bodyMedium, color = colour)
    }
}

/** Text in the middle of a page that is empty or could not be loaded, under the logo in grey. */
@Composable
internal fun EmptyState(text: String, modifier: Modifier = Modifier, way: @Composable () -> Unit = {}) {
    Column(
        modifier.fillMaxWidth().padding(Tokens.Space.xl),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
    ) {
        if (!isCompactHeight) GreyMark(96.dp)
        Text(
            text,
            style = MaterialTheme.typography.bodyLarge,
            color = MaterialTheme.colorScheme.onSurface,
            textAlign = TextAlign.Center
        )
        way()
    }
}
