package ma.fos.services.services

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
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Block
import ma.fos.services.parts.Documents
import ma.fos.services.parts.Facts
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.Subject
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.WayRow
import ma.fos.services.parts.margins
import ma.fos.services.parts.open
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** One service: what it gives, until when, and with which papers. */
@Composable
internal fun ServiceScreen(live: FosLive, id: String, onBack: () -> Unit, onStart: () -> Unit) {
    val read = remember(id, live.language, live.catalogue) { read { live.services.service(id) } }
    val circular = LocalActs.current.act("circular")
    val context = LocalContext.current
    DisposableEffect(circular) { onDispose { circular.settle() } }
    ServiceContent(
        ServiceState(read, live.notices, circular.problem, circular.working),
        ServiceEvents(onBack, onStart) { circular.run { context.open(live.services.circular(id)) } }
    )
}

/** State of the screen. */
internal data class ServiceState(
    val read: Read<ServiceView>,
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
    Page(
        "service",
        top = {
            TopBar(say(Phrase.SERVICES), state.notices, events.onBack)
        },
        bar = plus?.let { { ActionBar { ActionButton(it, events.onStart, symbol = "add") } } }
    ) {
        state.read.problem?.let { QuietState(it) }
        if (view != null) Service(view, state, events.onCircular)
    }
}

@Composable
private fun Service(view: ServiceView, state: ServiceState, onCircular: () -> Unit) {
    Column(
        Modifier.margins().padding(bottom = Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
    ) {
        Subject(view.icon, view.title, view.chip)
        state.problem?.let { ProblemCard(it) }
        Text(view.summary, style = MaterialTheme.typography.bodyLarge)
        if (view.facts.isNotEmpty()) Facts(view.facts)
        view.circular?.let { circular ->
            Block {
                Box(Modifier.padding(horizontal = Tokens.Space.m)) {
                    WayRow(circular, "picture_as_pdf", onCircular, view.circularLine, state.fetching)
                }
            }
        }
        if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
        view.whyNot?.let {
            Text(it, style = MaterialTheme.typography.titleSmall, color = MaterialTheme.roles.quiet.main)
        }
    }
}
