package ma.fos.services.access

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import ma.fos.core.FormView
import ma.fos.core.NoticeView
import ma.fos.services.forms.FormContent
import ma.fos.services.forms.FormEvents
import ma.fos.services.forms.Secrets
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Page
import ma.fos.services.parts.Steps
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.margins
import ma.fos.services.root.LocalWays
import ma.fos.services.theme.Tokens

/** What a page that is one form shows. */
internal data class FormPageState(
    val form: FormView,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val working: Boolean = false
)

/** A page that is one form, its button below; after a refusal it stands at its problems again. */
@Composable
internal fun FormPage(state: FormPageState, secrets: Secrets, events: FormEvents, onBack: (() -> Unit)? = null) {
    val scroll = rememberScrollState()
    LaunchedEffect(state.form.summary, state.problem) {
        if (state.form.summary != null || state.problem != null) scroll.animateScrollTo(0)
    }
    Page(
        state.form.key,
        top = {
            TopBar(state.form.title, state.notices, onBack, onHelp = LocalWays.current.help)
        },
        bar = { ActionBar { ActionButton(state.form.action, events::send, working = state.working) } },
        scroll = scroll
    ) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(14.dp)
        ) {
            state.form.steps?.let { Steps(it) }
            FormContent(state.form, secrets, events, problem = state.problem)
        }
    }
}
