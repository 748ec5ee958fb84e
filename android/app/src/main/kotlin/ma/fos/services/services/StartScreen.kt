package ma.fos.services.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import ma.fos.core.NoticeView
import ma.fos.core.StartView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Documents
import ma.fos.services.parts.Page
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.theme.Tokens

/** What «+» opens. */
@Composable
internal fun StartScreen(live: FosLive, id: String, onClose: () -> Unit) {
    val read = remember(id, live.language, live.catalogue) { read { live.services.start(id) } }
    StartContent(StartState(read, live.notices), onClose)
}

/** What the screen shows. */
internal data class StartState(val read: Read<StartView>, val notices: List<NoticeView> = emptyList())

@Composable
internal fun StartContent(state: StartState, onClose: () -> Unit) {
    val view = state.read.view
    Page(
        "start",
        top = {
            TopBar(view?.title.orEmpty(), state.notices, onClose, symbol = "close")
        },
        bar = view?.let { { ActionBar { ActionButton(it.close, onClose) } } }
    ) {
        state.read.problem?.let { QuietState(it) }
        if (view != null) {
            Column(
                Modifier.margins().padding(bottom = Tokens.Space.l),
                verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
            ) {
                Text(
                    view.service,
                    Modifier.semantics { heading() },
                    style = MaterialTheme.typography.headlineMedium
                )
                Text(view.text, style = MaterialTheme.typography.bodyLarge)
                if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
            }
        }
    }
}
