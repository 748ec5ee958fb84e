package ma.fos.services.ui.forms

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.wrapContentHeight
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextDecoration
import ma.fos.core.Phrase
import ma.fos.core.ProblemSummaryView
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Scrolls to the summary of problems, at the start of the page, once the phone is turned. A focus stays in sight instead. */
@Composable
internal fun Modifier.summaryKeptInSight(isSummarized: Boolean, scroll: ScrollState): Modifier {
    val width = LocalConfiguration.current.screenWidthDp
    var lastWidth by rememberSaveable { mutableIntStateOf(width) }
    var hasFocus by rememberSaveable { mutableStateOf(false) }
    // As it was before the turn, over which the focus goes and comes.
    val hadFocus = remember(width) { hasFocus }
    LaunchedEffect(width) {
        if (width != lastWidth && isSummarized && !hadFocus) scroll.scrollTo(0)
        lastWidth = width
    }
    return onFocusChanged { hasFocus = it.hasFocus }
}

/** Card that names the problems of a form, each a link to its field. A screen reader says how many there are. */
@Composable
internal fun ProblemSummary(summary: ProblemSummaryView, onOpen: (String) -> Unit) {
    val shade = MaterialTheme.roles.error
    val style = MaterialTheme.typography
    Column(
        Modifier
            .fillMaxWidth()
            .background(shade.container, MaterialTheme.shapes.large)
            .padding(Tokens.Space.m)
    ) {
        CentredRow(Tokens.Space.s, Modifier.semantics(true) { liveRegion = LiveRegionMode.Assertive }) {
            Symbol("error-fill", description = phrase(Phrase.PROBLEM_ICON), tint = shade.onContainer)
            Text(summary.text, style = style.titleSmall, color = shade.onContainer)
        }
        for (link in summary.problems) {
            Text(
                link.text,
                Modifier
                    .fillMaxWidth()
                    .clickable(role = Role.Button) { onOpen(link.field) }
                    .testTag("problem:${link.field}")
                    .heightIn(min = Tokens.Size.touch)
                    .wrapContentHeight()
                    .padding(vertical = Tokens.Space.xxs),
                style = style.bodyMedium.copy(textDecoration = TextDecoration.Underline),
                color = shade.onContainer
            )
        }
    }
}
