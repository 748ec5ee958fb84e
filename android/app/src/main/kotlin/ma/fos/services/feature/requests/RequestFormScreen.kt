package ma.fos.services.feature.requests

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.progressSemantics
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import ma.fos.core.Phrase
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.CardPlaceholders
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.RetryButton
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.forms.FormRoute
import ma.fos.services.ui.forms.FormViewModel
import ma.fos.services.ui.theme.Tokens

/** A service's own form, fetched and then filled in part by part. [onSent] gets the outcome of each part. */
@Composable
internal fun RequestFormRoute(core: CoreState, service: String, onClose: () -> Unit, onSent: (SubmitOutcome) -> Unit) {
    val model = screenViewModel { RequestFormViewModel(core, service) }
    val uiState = model.state()
    val form = uiState.form
    if (form == null) {
        RequestFormPlaceholder(uiState.problem, onClose, model::fetch)
    } else {
        FormRoute(screenViewModel { FormViewModel(core, form) }, onClose, isRequest = true, onSent)
    }
}

@Composable
internal fun RequestFormPlaceholder(problem: String?, onClose: () -> Unit = {}, onRetry: () -> Unit = {}) {
    ScreenScaffold("request-form", top = {
        FosTopAppBar(phrase(Phrase.REQUESTS), onClose, symbol = "close")
    }) {
        if (problem == null) {
            Box(Modifier.progressSemantics()) { AfterDelay { CardPlaceholders() } }
        } else {
            PageContent(gap = Tokens.Space.m) {
                ProblemCard(problem)
                RetryButton(onRetry)
            }
        }
    }
}
