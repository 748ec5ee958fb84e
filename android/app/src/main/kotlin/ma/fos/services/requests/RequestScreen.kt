package ma.fos.services.requests

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
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.Block
import ma.fos.services.parts.CopyButton
import ma.fos.services.parts.IdentifierText
import ma.fos.services.parts.NoPictures
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.Subject
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.TwoWays
import ma.fos.services.parts.margins
import ma.fos.services.parts.open
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.parts.share
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** One request on file: its number, how it stands, by when it is answered, its receipt. */
@Composable
internal fun RequestScreen(live: FosLive, id: String, onBack: () -> Unit) {
    val requests = live.requests
    val read = remember(id, live.language, live.work) { read { requests.request(id) } }
    val show = LocalActs.current.act("receipt")
    val share = LocalActs.current.act("share-receipt")
    val context = LocalContext.current
    DisposableEffect(Unit) {
        onDispose {
            show.settle()
            share.settle()
        }
    }
    RequestContent(
        RequestState(read, live.notices, show.problem ?: share.problem, show.working, share.working),
        RequestEvents(
            onBack,
            onReceipt = { show.run { context.open(requests.receipt(id)) } },
            onShare = { share.run { context.share(requests.receipt(id)) } }
        )
    )
}

/** State of the screen. */
internal data class RequestState(
    val read: Read<RequestView>,
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
    NoPictures()
    Page(
        "request",
        top = { TopBar(say(Phrase.REQUESTS), state.notices, events.onBack) },
        bar = view?.let { { ActionBar { Receipt(it, state, events) } } }
    ) {
        state.read.problem?.let { QuietState(it) }
        if (view != null) Request(view, state.problem)
    }
}

@Composable
private fun Receipt(view: RequestView, state: RequestState, events: RequestEvents) = TwoWays(
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
        Subject(view.icon, view.title, view.state)
        problem?.let { ProblemCard(it) }
        Number(view)
        view.refusal?.let { ProblemCard(it, old = true) }
    }
}

/** The number to name when asking about it, and the days that matter. */
@Composable
private fun Number(view: RequestView) = Block {
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
