package ma.fos.services.feature.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.ServiceView
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.DetailHeader
import ma.fos.services.ui.components.Documents
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.Facts
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.NavigationRow
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ReadResult
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.read
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Screen of a service: benefits, deadline, documents. */
@Composable
internal fun ServiceScreen(core: CoreState, id: String, onBack: () -> Unit, onStart: () -> Unit) {
    val read = remember(id, core.language, core.catalogueVersion) { read { core.services.service(id) } }
    val circular = LocalAppViewModel.current.action("circular")
    val context = LocalContext.current
    DisposableEffect(circular) { onDispose { circular.clearProblem() } }
    ServiceContent(
        ServiceState(read, core.notices, circular.problem, circular.isRunning),
        ServiceEvents(onBack, onStart) { circular.run { context.open(core.services.circular(id)) } }
    )
}

/** State of the screen. */
internal data class ServiceState(
    val read: ReadResult<ServiceView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val fetching: Boolean = false
)

/** Actions of the member. */
internal class ServiceEvents(val onBack: () -> Unit, val onStart: () -> Unit, val onCircular: () -> Unit)

@Composable
internal fun ServiceContent(state: ServiceState, events: ServiceEvents) {
    val view = state.read.view
    val plus = view?.plus
    ScreenScaffold(
        "service",
        top = {
            FosTopAppBar(phrase(Phrase.SERVICES), state.notices, events.onBack)
        },
        bar = plus?.let { { ActionBar { ActionButton(it, events.onStart, symbol = "add") } } }
    ) {
        state.read.problem?.let { EmptyState(it) }
        if (view != null) Service(view, state, events.onCircular)
    }
}

@Composable
private fun Service(view: ServiceView, state: ServiceState, onCircular: () -> Unit) {
    Column(
        Modifier.margins().padding(bottom = Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
    ) {
        DetailHeader(view.icon, view.title, view.chip)
        state.problem?.let { ProblemCard(it) }
        Text(view.summary, style = MaterialTheme.typography.bodyLarge)
        if (view.facts.isNotEmpty()) Facts(view.facts)
        view.circular?.let { circular ->
            FosCard {
                Box(Modifier.padding(horizontal = Tokens.Space.m)) {
                    NavigationRow(circular, "picture_as_pdf", onCircular, view.circularLine, state.fetching)
                }
            }
        }
        if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
        view.whyNot?.let {
            Text(it, style = MaterialTheme.typography.titleSmall, color = MaterialTheme.roles.quiet.main)
        }
    }
}
