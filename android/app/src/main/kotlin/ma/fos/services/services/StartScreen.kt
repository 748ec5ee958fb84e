package ma.fos.services.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import ma.fos.core.ActionView
import ma.fos.core.NoticeView
import ma.fos.core.StartView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.ActionWordsButton
import ma.fos.services.parts.Asking
import ma.fos.services.parts.Documents
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** Start of a request, which «+» opens. */
@Composable
internal fun StartScreen(
    live: FosLive,
    id: String,
    onClose: () -> Unit,
    onFill: () -> Unit,
    onEarlier: (id: String) -> Unit
) {
    val read = remember(id, live.language, live.catalogue, live.work) { read { live.services.start(id) } }
    val startOver = LocalActs.current.act("start-over")
    var asking by rememberSaveable { mutableStateOf(false) }
    DisposableEffect(startOver) { onDispose { startOver.settle() } }
    StartContent(
        StartState(read, live.notices, startOver.problem, startOver.working, asking),
        StartEvents(onClose, onFill, onEarlier, { asking = it }) {
            asking = false
            startOver.run {
                withContext(Dispatchers.IO) { live.requests.discardDraft(id) }
                onFill()
            }
        }
    )
}

/** State of the screen. */
internal data class StartState(
    val read: Read<StartView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val dropping: Boolean = false,
    val asking: Boolean = false
)

/** Events of the screen. */
internal class StartEvents(
    val onClose: () -> Unit,
    val onFill: () -> Unit,
    val onEarlier: (id: String) -> Unit,
    val onAsk: (Boolean) -> Unit,
    val onAnew: () -> Unit
)

@Composable
internal fun StartContent(state: StartState, events: StartEvents) {
    val question = state.read.view?.startOverQuestion?.takeIf { state.asking }
    Asking(question, events.onAnew, { events.onAsk(false) }) { Start(state, events) }
}

@Composable
private fun Start(state: StartState, events: StartEvents) {
    val view = state.read.view
    Page(
        "start",
        top = {
            TopBar(view?.title.orEmpty(), state.notices, events.onClose, symbol = "close")
        },
        bar = view?.let { { ActionBar { Ways(it, events) } } }
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
                state.problem?.let { ProblemCard(it) }
                Text(view.text, style = MaterialTheme.typography.bodyLarge)
                view.earlier?.let { earlier ->
                    ActionWordsButton(earlier.open, { events.onEarlier(earlier.id) }, outlined = true)
                }
                view.startOver?.let { StartOver(it, state.dropping, events) }
                if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
            }
        }
    }
}

/** Button to an empty form, after a question; far from where a way on ever stands. */
@Composable
private fun StartOver(action: ActionView, dropping: Boolean, events: StartEvents) =
    ActionWordsButton(action, { events.onAsk(true) }, symbol = "delete", working = dropping, outlined = true)

/** Button to the form, or away where there is none on the phone. */
@Composable
private fun Ways(view: StartView, events: StartEvents) {
    val fill = view.fill
    if (fill == null) {
        ActionButton(view.close, events.onClose)
    } else {
        ActionButton(fill, events.onFill, symbol = "edit")
    }
}
