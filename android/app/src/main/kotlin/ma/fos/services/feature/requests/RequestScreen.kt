package ma.fos.services.feature.requests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.RequestView
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.CopyButton
import ma.fos.services.ui.components.DetailHeader
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ReadResult
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TwoActions
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.read
import ma.fos.services.ui.components.share
import ma.fos.services.ui.theme.Tokens

/** Screen of a request on file: number, state, day of the answer, receipt. */
@Composable
internal fun RequestScreen(core: CoreState, id: String, onBack: () -> Unit) {
    val requests = core.requests
    val read = remember(id, core.language, core.requestsVersion) { read { requests.request(id) } }
    val show = LocalAppViewModel.current.action("receipt")
    val share = LocalAppViewModel.current.action("share-receipt")
    val context = LocalContext.current
    DisposableEffect(Unit) {
        onDispose {
            show.clearProblem()
            share.clearProblem()
        }
    }
    RequestContent(
        RequestState(read, core.notices, show.problem ?: share.problem, show.isRunning, share.isRunning),
        RequestEvents(
            onBack,
            onReceipt = { show.run { context.open(requests.receipt(id)) } },
            onShare = { share.run { context.share(requests.receipt(id)) } }
        )
    )
}

/** State of the screen. */
internal data class RequestState(
    val read: ReadResult<RequestView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val showing: Boolean = false,
    val sharing: Boolean = false
)

/** Events of the screen. */
internal class RequestEvents(val onBack: () -> Unit, val onReceipt: () -> Unit, val onShare: () -> Unit)

@Composable
internal fun RequestContent(state: RequestState, events: RequestEvents) {
    val view = state.read.view
    SecureScreen()
    ScreenScaffold(
        "request",
        top = { FosTopAppBar(phrase(Phrase.REQUESTS), state.notices, events.onBack) },
        bar = view?.let { { ActionBar { Receipt(it, state, events) } } }
    ) {
        state.read.problem?.let { EmptyState(it) }
        if (view != null) Request(view, state.problem)
    }
}

@Composable
private fun Receipt(view: RequestView, state: RequestState, events: RequestEvents) = TwoActions(
    view.receipt,
    events.onReceipt,
    state.showing,
    view.share,
    events.onShare,
    state.sharing
)

@Composable
private fun Request(view: RequestView, problem: String?) {
    Column(
        Modifier.margins().padding(bottom = Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
    ) {
        DetailHeader(view.icon, view.title, view.state)
        problem?.let { ProblemCard(it) }
        Number(view)
        view.refusal?.let { ProblemCard(it, old = true) }
    }
}

/** Number of the request, with a copy button, and its dates. */
@Composable
private fun Number(view: RequestView) = FosCard {
    Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.xs)) {
        Row(Modifier.semantics { isTraversalGroup = true }, verticalAlignment = Alignment.CenterVertically) {
            Column(Modifier.weight(1f).semantics(mergeDescendants = true) {}) {
                Text(
                    view.numberLabel,
                    style = MaterialTheme.typography.bodyMedium,
                    color = MaterialTheme.colorScheme.onSurfaceVariant
                )
                IdentifierText(view.number, view.numberLabel)
            }
            CopyButton("number", view.numberLabel, view.number)
        }
        for (line in view.lines) Text(line, style = MaterialTheme.typography.bodyLarge)
    }
}
