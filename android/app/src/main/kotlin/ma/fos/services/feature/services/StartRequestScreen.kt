package ma.fos.services.feature.services

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
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.Documents
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ReadResult
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.read
import ma.fos.services.ui.forms.outlined
import ma.fos.services.ui.theme.Tokens

/** Start of a request, which «+» opens. */
@Composable
internal fun StartRequestScreen(
    core: CoreState,
    id: String,
    onClose: () -> Unit,
    onOpenForm: () -> Unit,
    onOpenEarlierRequest: (id: String) -> Unit
) {
    val read =
        remember(id, core.language, core.catalogueVersion, core.requestsVersion) { read { core.services.start(id) } }
    val startOver = LocalAppViewModel.current.action("start-over")
    var isConfirming by rememberSaveable { mutableStateOf(false) }
    DisposableEffect(startOver) { onDispose { startOver.clearProblem() } }
    StartRequestContent(
        StartRequestState(read, core.notices, startOver.problem, startOver.isRunning, isConfirming),
        StartRequestEvents(onClose, onOpenForm, onOpenEarlierRequest, { isConfirming = it }) {
            isConfirming = false
            startOver.run {
                withContext(Dispatchers.IO) { core.requests.discardDraft(id) }
                onOpenForm()
            }
        }
    )
}

/** State of the screen. */
internal data class StartRequestState(
    val read: ReadResult<StartView>,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val startingOver: Boolean = false,
    val isConfirming: Boolean = false
)

/** Events of the screen. */
internal class StartRequestEvents(
    val onClose: () -> Unit,
    val onOpenForm: () -> Unit,
    val onOpenEarlierRequest: (id: String) -> Unit,
    val onAsk: (Boolean) -> Unit,
    val onStartOver: () -> Unit
)

@Composable
internal fun StartRequestContent(state: StartRequestState, events: StartRequestEvents) {
    val question = state.read.view?.startOverQuestion?.takeIf { state.isConfirming }
    ConfirmationSheet(question, events.onStartOver, { events.onAsk(false) }) { StartRequest(state, events) }
}

@Composable
private fun StartRequest(state: StartRequestState, events: StartRequestEvents) {
    val view = state.read.view
    ScreenScaffold(
        "start",
        top = {
            FosTopAppBar(view?.title.orEmpty(), state.notices, events.onClose, symbol = "close")
        },
        bar = view?.let { { ActionBar { StartActionBar(it, events) } } }
    ) {
        state.read.problem?.let { EmptyState(it) }
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
                    GuardedTextButton(earlier.open, { events.onOpenEarlierRequest(earlier.id) }, outlined = true)
                }
                view.startOver?.let { StartOver(it, state.startingOver, events) }
                if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
            }
        }
    }
}

/** Button that starts over, after a question; away from the places of main actions, so that no second tap hits it. */
@Composable
private fun StartOver(action: ActionView, startingOver: Boolean, events: StartRequestEvents) =
    GuardedTextButton(action, { events.onAsk(true) }, symbol = "delete", working = startingOver, outlined = true)

/** Button that opens the form, or closes the page of a service without one. */
@Composable
private fun StartActionBar(view: StartView, events: StartRequestEvents) {
    val fill = view.fill
    if (fill == null) {
        ActionButton(view.close, events.onClose)
    } else {
        ActionButton(fill, events.onOpenForm, symbol = "edit")
    }
}
