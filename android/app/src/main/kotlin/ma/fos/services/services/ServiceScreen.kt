package ma.fos.services.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.ServiceView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Chip
import ma.fos.services.parts.Documents
import ma.fos.services.parts.Facts
import ma.fos.services.parts.Page
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.SymbolTile
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** One service: what it gives, until when, and with which papers. */
@Composable
internal fun ServiceScreen(live: FosLive, id: String, onBack: () -> Unit, onStart: () -> Unit) {
    val read = remember(id, live.language, live.catalogue) { read { live.fos.services().service(id) } }
    ServiceContent(ServiceState(read, live.notices), onBack, onStart)
}

/** What the screen shows. */
internal data class ServiceState(val read: Read<ServiceView>, val notices: List<NoticeView> = emptyList())

@Composable
internal fun ServiceContent(state: ServiceState, onBack: () -> Unit, onStart: () -> Unit) {
    val view = state.read.view
    val plus = view?.plus
    Page(
        "service",
        top = {
            TopBar(say(Phrase.SERVICES), state.notices, onBack)
        },
        bar = plus?.let { { ActionBar { ActionButton(it, onStart, symbol = "add") } } }
    ) {
        state.read.problem?.let { QuietState(it) }
        if (view != null) Service(view)
    }
}

@Composable
private fun Service(view: ServiceView) {
    Column(
        Modifier.margins().padding(bottom = Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
    ) {
        Row(
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
            verticalAlignment = Alignment.CenterVertically
        ) {
            SymbolTile(view.icon, quiet = false, size = 64.dp)
            Column(Modifier.weight(1f), Arrangement.spacedBy(Tokens.Space.xxs)) {
                Text(view.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.headlineMedium)
                Chip(view.chip)
            }
        }
        Text(view.summary, style = MaterialTheme.typography.bodyLarge)
        if (view.facts.isNotEmpty()) Facts(view.facts)
        if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
        view.whyNot?.let {
            Text(it, style = MaterialTheme.typography.titleSmall, color = MaterialTheme.roles.quiet.main)
        }
    }
}
