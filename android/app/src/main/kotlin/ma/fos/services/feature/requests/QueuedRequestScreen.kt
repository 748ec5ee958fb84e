package ma.fos.services.feature.requests

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
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.DetailHeader
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.Facts
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.LabelAndValue
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ReadResult
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.read
import ma.fos.services.ui.theme.Tokens

/** Screen of a queued request, read-only. It stays queued unless the member confirms that they edit it. */
@Composable
internal fun QueuedRequestScreen(core: CoreState, key: String, onBack: () -> Unit, onEdit: (String) -> Unit) {
    val requests = core.requests
    val read = remember(key, core.language, core.requestsVersion) { read { requests.queuedRequest(key) } }
    val edit = LocalAppViewModel.current.action("edit-queued")
    var isConfirming by rememberSaveable { mutableStateOf(false) }
    DisposableEffect(edit) { onDispose { edit.clearProblem() } }
    QueuedRequestContent(
        QueuedRequestState(read, core.notices, edit.problem, edit.isRunning, isConfirming),
        QueuedRequestEvents(onBack, { isConfirming = true }, { isConfirming = false }) {
            isConfirming = false
            edit.run { onEdit(withContext(Dispatchers.IO) { requests.returnToDraft(key) }) }
        }
    )
}

/** State of the screen. */
internal data class QueuedRequestState(
    val read: ReadResult<QueuedRequestView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val editing: Boolean = false,
    val isConfirming: Boolean = false
)

/** Events of the screen. */
internal class QueuedRequestEvents(
    val onBack: () -> Unit,
    val onAsk: () -> Unit,
    val onCancel: () -> Unit,
    val onEdit: () -> Unit
)

@Composable
internal fun QueuedRequestContent(state: QueuedRequestState, events: QueuedRequestEvents) {
    val view = state.read.view
    SecureScreen()
    ConfirmationSheet(view?.editQuestion?.takeIf { state.isConfirming }, events.onEdit, events.onCancel) {
        ScreenScaffold(
            "queued-request",
            top = { FosTopAppBar(phrase(Phrase.REQUESTS), state.notices, events.onBack) },
            bar = view?.let {
                {
                    ActionBar {
                        ActionButton(
                            it.edit,
                            events.onAsk,
                            emphasis = ButtonEmphasis.OUTLINED,
                            symbol = "edit",
                            working = state.editing
                        )
                    }
                }
            }
        ) {
            state.read.problem?.let { EmptyState(it) }
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
        DetailHeader(view.icon, view.title, view.state)
        problem?.let { ProblemCard(it) }
        Text(view.line, style = MaterialTheme.typography.bodyLarge)
        for (section in view.sections) Answers(section)
    }
}

@Composable
private fun Answers(section: AnswerSectionView) = Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
    Text(section.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
    FosCard { Facts(section) }
}

@Composable
private fun Facts(section: AnswerSectionView) {
    Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.m)) {
        for (answer in section.answers) {
            LabelAndValue(answer, Modifier.semantics(mergeDescendants = true) {})
        }
    }
}
