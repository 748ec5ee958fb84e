package ma.fos.services.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import ma.fos.core.NoticeView
import ma.fos.core.StartView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Documents
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.WordsButton
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** What «+» opens. */
@Composable
internal fun StartScreen(live: FosLive, id: String, onClose: () -> Unit, onFill: () -> Unit) {
    val read = remember(id, live.language, live.catalogue, live.work) { read { live.services.start(id) } }
    val startOver = LocalActs.current.act("start-over")
    DisposableEffect(startOver) { onDispose { startOver.settle() } }
    StartContent(
        StartState(read, live.notices, startOver.problem, startOver.working),
        StartEvents(onClose, onFill) {
            startOver.run {
                withContext(Dispatchers.IO) { live.requests.discardDraft(id) }
                onFill()
            }
        }
    )
}

/** What the screen shows. */
internal data class StartState(
    val read: Read<StartView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val dropping: Boolean = false
)

/** What can be tapped. */
internal class StartEvents(val onClose: () -> Unit, val onFill: () -> Unit, val onAnew: () -> Unit)

@Composable
internal fun StartContent(state: StartState, events: StartEvents) {
    val view = state.read.view
    Page(
        "start",
        top = {
            TopBar(view?.title.orEmpty(), state.notices, events.onClose, symbol = "close")
        },
        bar = view?.let { { ActionBar { Ways(it, state.dropping, events) } } }
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
                if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
            }
        }
    }
}

/** To the form, or away where there is none on the phone; and quietly, to an empty one. */
@Composable
private fun ColumnScope.Ways(view: StartView, dropping: Boolean, events: StartEvents) {
    val fill = view.fill
    if (fill == null) {
        ActionButton(view.close, events.onClose)
    } else {
        ActionButton(fill, events.onFill, symbol = "edit")
    }
    view.startOver?.let {
        WordsButton(
            it.label,
            events.onAnew,
            Modifier.align(Alignment.CenterHorizontally).testTag(it.key),
            working = dropping
        )
    }
}
