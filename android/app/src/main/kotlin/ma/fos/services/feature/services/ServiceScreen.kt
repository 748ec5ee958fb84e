package ma.fos.services.feature.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import ma.fos.core.Phrase
import ma.fos.core.ServiceView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.DetailHeader
import ma.fos.services.ui.components.Documents
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.Facts
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.NavigationRow
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.components.titleWhenScrolled
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Screen of a service: benefits, deadline, documents. */
@Composable
internal fun ServiceRoute(core: CoreState, id: String, onBack: () -> Unit, onStart: () -> Unit) {
    val model = screenViewModel { ServiceViewModel(core, id) }
    val uiState = model.state()
    val context = LocalContext.current
    EventEffect(model) { context.open(it) }
    ServiceScreen(uiState, model::onAction, onBack, onStart)
}

@Composable
internal fun ServiceScreen(
    uiState: ServiceUiState,
    onAction: (ServiceAction) -> Unit,
    onBack: () -> Unit = {},
    onStart: () -> Unit = {}
) {
    val view = uiState.read.view
    val plus = view?.plus
    val scroll = rememberScrollState()
    ScreenScaffold(
        "service",
        top = { FosTopAppBar(titleWhenScrolled(scroll, phrase(Phrase.SERVICES), view?.title), onBack) },
        bar = plus?.let { { ActionBar { ActionButton(it, onStart, symbol = "add") } } },
        scroll = scroll
    ) {
        uiState.read.problem?.let { EmptyState(it) }
        if (view != null) Service(view, uiState, onAction)
    }
}

@Composable
private fun Service(view: ServiceView, uiState: ServiceUiState, onAction: (ServiceAction) -> Unit) {
    PageContent {
        DetailHeader(view.icon, view.title, view.chip)
        uiState.problem?.let { ProblemCard(it) }
        Text(view.summary, style = MaterialTheme.typography.bodyLarge)
        if (view.facts.isNotEmpty()) Facts(view.facts)
        view.circular?.let { circular ->
            FosCard {
                Box(Modifier.padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.xs)) {
                    NavigationRow(
                        circular,
                        "picture_as_pdf",
                        { onAction(ServiceAction.OpenCircular) },
                        view.circularLine,
                        uiState.fetching
                    )
                }
            }
        }
        if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
        view.whyNot?.let {
            Text(it, style = MaterialTheme.typography.titleSmall, color = MaterialTheme.roles.quiet.main)
        }
    }
}
