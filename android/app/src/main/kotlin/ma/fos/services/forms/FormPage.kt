package ma.fos.services.forms

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.FormView
import ma.fos.core.NoticeView
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Page
import ma.fos.services.parts.Steps
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.TwoWays
import ma.fos.services.parts.margins
import ma.fos.services.root.LocalWays
import ma.fos.services.theme.Tokens

/** State of a page that is one form; [searching] names the field whose list of many lies over it at first. */
internal data class FormPageState(
    val form: FormView,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val working: Boolean = false,
    val searching: String? = null
)

/**
 * A page that is one form, its buttons below. After a refusal it stands at its problems again, and a new part shows from
 * its top. One that is kept on the phone is left by its cross.
 */
@Composable
internal fun FormPage(state: FormPageState, secrets: Secrets, events: FormEvents, onBack: (() -> Unit)? = null) {
    val form = state.form
    var searching by rememberSaveable { mutableStateOf(state.searching) }
    val searched = form.fields.firstOrNull { it.key == searching }
    val scroll = rememberScrollState()
    StandsRight(state, scroll)
    if (searched == null) {
        Form(state, secrets, events, scroll, onBack) { searching = it }
    } else {
        SearchSheet(searched, form.key, events) { searching = null }
    }
}

@Composable
private fun Form(
    state: FormPageState,
    secrets: Secrets,
    events: FormEvents,
    scroll: ScrollState,
    onBack: (() -> Unit)?,
    onSearch: (String) -> Unit
) {
    val form = state.form
    Page(
        form.key,
        top = {
            TopBar(
                form.title,
                state.notices,
                onBack,
                if (form.saved == null) "arrow_back" else "close",
                onHelp = LocalWays.current.help.takeIf { form.saved == null },
                saved = form.saved
            )
        },
        bar = { Ways(state, events) },
        scroll = scroll,
        part = form.steps?.current
    ) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(14.dp)
        ) {
            form.steps?.let { Steps(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
            FormContent(form, secrets, events, problem = state.problem, onSearch = onSearch)
        }
    }
}

@Composable
private fun StandsRight(state: FormPageState, scroll: ScrollState) {
    val part = state.form.steps?.current?.toInt()
    var stood by rememberSaveable { mutableStateOf(part) }
    LaunchedEffect(part) {
        if (part != stood) scroll.scrollTo(0)
        stood = part
    }
    LaunchedEffect(state.form.summary, state.problem) {
        if (state.form.summary != null || state.problem != null) scroll.animateScrollTo(0)
    }
}

@Composable
private fun Ways(state: FormPageState, events: FormEvents) = ActionBar {
    val previous = state.form.previous
    if (previous == null) {
        ActionButton(state.form.action, events::send, working = state.working)
    } else {
        TwoWays(state.form.action, events::send, state.working, previous, events::previous, otherWorking = false)
    }
}
