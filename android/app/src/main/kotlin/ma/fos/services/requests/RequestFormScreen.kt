package ma.fos.services.requests

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
import ma.fos.services.FosLive
import ma.fos.services.forms.FormPage
import ma.fos.services.forms.FormPageState
import ma.fos.services.forms.rememberForm
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.AfterAWhile
import ma.fos.services.parts.CardShapes
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.Weight
import ma.fos.services.parts.margins
import ma.fos.services.parts.say
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** A service's own form, fetched and then filled in part by part. [onSent] gets the outcome of each part. */
@Composable
internal fun RequestFormScreen(live: FosLive, service: String, onClose: () -> Unit, onSent: (SubmitOutcome) -> Unit) {
    val fetch = LocalActs.current.act("fetch-form")
    val held = LocalActs.current.requestForm
    val activity = LocalActivity.current
    val load = { fetch.run { held.keep(service, live.requests.form(service)) } }
    // Fetched for a page that was left meanwhile, it is fetched again for this one.
    LaunchedEffect(service, fetch.working) {
        if (held.of(service) == null && fetch.problem == null) load()
    }
    DisposableEffect(service) {
        held.begin(service)
        onDispose {
            fetch.settle()
            // A phone that is turned shows the same page again.
            if (activity?.isChangingConfigurations != true) held.leave(service)
        }
    }
    val fetched = held.of(service)
    if (fetched == null) {
        RequestFormMissing(RequestFormMissingState(live.notices, fetch.problem), onClose, load)
    } else {
        Fetched(live, fetched, onClose, onSent)
    }
}

@Composable
private fun Fetched(live: FosLive, form: Form, onClose: () -> Unit, onSent: (SubmitOutcome) -> Unit) {
    val secrets = LocalActs.current.secrets("request-form")
    val held = rememberForm(live, "request-form", secrets, form, onSent = onSent)
    FormPage(
        FormPageState(held.form.view, live.notices, held.act.problem, held.act.working),
        secrets,
        held.form,
        onClose
    )
}

/** State of the page until the form is there. */
internal data class RequestFormMissingState(val notices: List<NoticeView> = emptyList(), val problem: String? = null)

@Composable
internal fun RequestFormMissing(state: RequestFormMissingState, onClose: () -> Unit, onRetry: () -> Unit) {
    Page("request-form", top = { TopBar(say(Phrase.REQUESTS), state.notices, onClose, symbol = "close") }) {
        val problem = state.problem
        if (problem == null) {
            Box(Modifier.progressSemantics()) { AfterAWhile { CardShapes() } }
        } else {
            Column(
                Modifier.margins().padding(bottom = Tokens.Space.l),
                verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
            ) {
                ProblemCard(problem)
                ActionButton(
                    ActionView("try-again", say(Phrase.TRY_AGAIN), null),
                    onRetry,
                    weight = Weight.OUTLINED,
                    symbol = "refresh"
                )
            }
        }
    }
}
