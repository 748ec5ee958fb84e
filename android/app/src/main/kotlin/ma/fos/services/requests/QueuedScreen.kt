package ma.fos.services.requests

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
import ma.fos.core.AnswerSectionView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.QueuedRequestView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Asking
import ma.fos.services.parts.Block
import ma.fos.services.parts.LabelAndValue
import ma.fos.services.parts.NoPictures
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Read
import ma.fos.services.parts.Subject
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.Weight
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** A request that waits to be sent, to be read. It goes on waiting, unless the member confirms that they edit it. */
@Composable
internal fun QueuedScreen(live: FosLive, key: String, onBack: () -> Unit, onEdit: (String) -> Unit) {
    val requests = live.requests
    val read = remember(key, live.language, live.work) { read { requests.queuedRequest(key) } }
    val edit = LocalActs.current.act("edit-queued")
    var asking by rememberSaveable { mutableStateOf(false) }
    DisposableEffect(edit) { onDispose { edit.settle() } }
    QueuedContent(
        QueuedState(read, live.notices, edit.problem, edit.working, asking),
        QueuedEvents(onBack, { asking = true }, { asking = false }) {
            asking = false
            edit.run { onEdit(withContext(Dispatchers.IO) { requests.returnToDraft(key) }) }
        }
    )
}

/** State of the screen. */
internal data class QueuedState(
    val read: Read<QueuedRequestView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val editing: Boolean = false,
    val asking: Boolean = false
)

/** Events of the screen. */
internal class QueuedEvents(
    val onBack: () -> Unit,
    val onAsk: () -> Unit,
    val onCancel: () -> Unit,
    val onEdit: () -> Unit
)

@Composable
internal fun QueuedContent(state: QueuedState, events: QueuedEvents) {
    val view = state.read.view
    NoPictures()
    Asking(view?.editQuestion?.takeIf { state.asking }, events.onEdit, events.onCancel) {
        Page(
            "queued-request",
            top = { TopBar(say(Phrase.REQUESTS), state.notices, events.onBack) },
            bar = view?.let {
                {
                    ActionBar {
                        ActionButton(
                            it.edit,
                            events.onAsk,
                            weight = Weight.OUTLINED,
                            symbol = "edit",
                            working = state.editing
                        )
                    }
                }
            }
        ) {
            state.read.problem?.let { QuietState(it) }
            if (view != null) Queued(view, state.problem)
        }
    }
}

@Composable
private fun Queued(view: QueuedRequestView, problem: String?) {
    Column(
        Modifier.margins().padding(bottom = Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
    ) {
        Subject(view.icon, view.title, view.state)
        problem?.let { ProblemCard(it) }
        Text(view.line, style = MaterialTheme.typography.bodyLarge)
        for (section in view.sections) Answers(section)
    }
}

@Composable
private fun Answers(section: AnswerSectionView) = Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
    Text(section.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
    Block { Facts(section) }
}

@Composable
private fun Facts(section: AnswerSectionView) {
    Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.m)) {
        for (answer in section.answers) {
            LabelAndValue(answer, Modifier.semantics(mergeDescendants = true) {})
        }
    }
}
