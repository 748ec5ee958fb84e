package ma.fos.services.feature.requests

import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.progressSemantics
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import ma.fos.core.ActionView
import ma.fos.core.Form
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.CardPlaceholders
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.forms.FormPage
import ma.fos.services.ui.forms.FormPageState
import ma.fos.services.ui.forms.rememberForm
import ma.fos.services.ui.theme.Tokens

/** A service's own form, fetched and then filled in part by part. [onSent] gets the outcome of each part. */
@Composable
internal fun RequestFormScreen(core: CoreState, service: String, onClose: () -> Unit, onSent: (SubmitOutcome) -> Unit) {
    val fetch = LocalAppViewModel.current.action("fetch-form")
    val fetchedForm = LocalAppViewModel.current.requestForm
    val activity = LocalActivity.current
    val load = { fetch.run { fetchedForm.set(service, core.requests.form(service)) } }
    // Fetched for a page that was left meanwhile, it is fetched again for this one.
    LaunchedEffect(service, fetch.isRunning) {
        if (fetchedForm.get(service) == null && fetch.problem == null) load()
    }
    DisposableEffect(service) {
        fetchedForm.open(service)
        onDispose {
            fetch.clearProblem()
            // A phone that is turned shows the same page again.
            if (activity?.isChangingConfigurations != true) fetchedForm.close(service)
        }
    }
    val fetched = fetchedForm.get(service)
    if (fetched == null) {
        RequestFormPlaceholder(RequestFormPlaceholderState(core.notices, fetch.problem), onClose, load)
    } else {
        Fetched(core, fetched, onClose, onSent)
    }
}

@Composable
private fun Fetched(core: CoreState, form: Form, onClose: () -> Unit, onSent: (SubmitOutcome) -> Unit) {
    val secrets = LocalAppViewModel.current.secrets("request-form")
    val formWithAction = rememberForm(core, "request-form", secrets, form, onSent = onSent)
    FormPage(
        FormPageState(
            formWithAction.form.view,
            core.notices,
            formWithAction.action.problem,
            formWithAction.action.isRunning
        ),
        secrets,
        formWithAction.form,
        onClose
    )
}

/** State of the page until the form is there. */
internal data class RequestFormPlaceholderState(
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null
)

@Composable
internal fun RequestFormPlaceholder(state: RequestFormPlaceholderState, onClose: () -> Unit, onRetry: () -> Unit) {
    ScreenScaffold("request-form", top = {
        FosTopAppBar(phrase(Phrase.REQUESTS), state.notices, onClose, symbol = "close")
    }) {
        val problem = state.problem
        if (problem == null) {
            Box(Modifier.progressSemantics()) { AfterDelay { CardPlaceholders() } }
        } else {
            Column(
                Modifier.margins().padding(bottom = Tokens.Space.l),
                verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
            ) {
                ProblemCard(problem)
                ActionButton(
                    ActionView("try-again", phrase(Phrase.TRY_AGAIN), null),
                    onRetry,
                    emphasis = ButtonEmphasis.OUTLINED,
                    symbol = "refresh"
                )
            }
        }
    }
}
