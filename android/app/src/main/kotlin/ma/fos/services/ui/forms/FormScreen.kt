package ma.fos.services.ui.forms

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Steps
import ma.fos.services.ui.components.TwoActions

/**
 * Screen with one form and its buttons. Scrolls to the top at an error and in a new section. The form of a request
 * ([isRequest]) is closed, and has no button of help; the others lead back.
 */
@Composable
internal fun FormScreen(
    state: FormUiState,
    secrets: Secrets,
    events: FormEvents,
    onBack: (() -> Unit)? = null,
    isRequest: Boolean = false
) {
    val form = state.form
    var searching by rememberSaveable { mutableStateOf(state.searching) }
    val searched = form.fields.firstOrNull { it.key == searching }
    val scroll = rememberScrollState()
    ScrollToTopEffect(state, scroll)
    if (searched != null) return SearchSheet(searched, form.key, events) { searching = null }
    ScreenScaffold(
        form.key,
        top = {
            FosTopAppBar(
                form.title,
                onBack,
                if (isRequest) "close" else "arrow_back",
                onHelp = LocalAppActions.current.onHelp.takeUnless { isRequest },
                saved = form.saved
            )
        },
        bar = { FormActionBar(state, events) },
        scroll = scroll,
        section = form.steps?.current
    ) {
        PageContent(gap = 14.dp) {
            form.steps?.let { Steps(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
            FormContent(form, secrets, events, Modifier, state.problem, state.focus, scroll) { searching = it }
        }
    }
}

@Composable
private fun ScrollToTopEffect(state: FormUiState, scroll: ScrollState) {
    val section = state.form.steps?.current?.toInt()
    var lastSection by rememberSaveable { mutableStateOf(section) }
    LaunchedEffect(section) {
        if (section != lastSection) scroll.scrollTo(0)
        lastSection = section
    }
    ScrollToProblemsEffect(state, scroll)
}

/** Scrolls to the summary of problems, or to the problem of the form, after a submission that failed. */
@Composable
internal fun ScrollToProblemsEffect(state: FormUiState, scroll: ScrollState) {
    var seen by rememberSaveable { mutableIntStateOf(state.failures) }
    LaunchedEffect(state.failures) {
        if (state.failures != seen) scroll.animateScrollTo(0)
        seen = state.failures
    }
}

@Composable
private fun FormActionBar(state: FormUiState, events: FormEvents) = ActionBar {
    val previous = state.form.previous
    if (previous == null) {
        ActionButton(state.form.action, events::submit, working = state.working)
    } else {
        TwoActions(
            state.form.action,
            events::submit,
            state.working,
            previous,
            events::previous,
            isSecondaryRunning = false
        )
    }
}
