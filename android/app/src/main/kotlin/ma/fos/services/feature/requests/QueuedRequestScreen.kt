package ma.fos.services.feature.requests

import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.lifecycle.createSavedStateHandle
import ma.fos.core.Phrase
import ma.fos.core.QueuedRequestView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.Answers
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.DetailHeader
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.components.titleWhenScrolled

/** Screen of a queued request, read-only. It stays queued unless the member confirms that they edit it. */
@Composable
internal fun QueuedRequestRoute(core: CoreState, key: String, onBack: () -> Unit, onEdit: (String) -> Unit) {
    val model = screenViewModel { QueuedRequestViewModel(core, key, createSavedStateHandle()) }
    val uiState = model.state()
    EventEffect(model, onEdit)
    QueuedRequestScreen(uiState, model::onAction, onBack)
}

@Composable
internal fun QueuedRequestScreen(
    uiState: QueuedRequestUiState,
    onAction: (QueuedRequestAction) -> Unit,
    onBack: () -> Unit = {}
) {
    val view = uiState.read.view
    val scroll = rememberScrollState()
    SecureScreen()
    ConfirmationSheet(
        view?.editQuestion?.takeIf { uiState.isConfirming },
        onConfirm = { onAction(QueuedRequestAction.Edit) },
        onCancel = { onAction(QueuedRequestAction.Cancel) }
    ) {
        ScreenScaffold(
            "queued-request",
            top = { FosTopAppBar(titleWhenScrolled(scroll, phrase(Phrase.REQUESTS), view?.title), onBack) },
            bar = view?.let {
                {
                    ActionBar {
                        ActionButton(
                            it.edit,
                            { onAction(QueuedRequestAction.AskBeforeEdit) },
                            emphasis = ButtonEmphasis.OUTLINED,
                            symbol = "edit",
                            working = uiState.editing
                        )
                    }
                }
            },
            scroll = scroll
        ) {
            uiState.read.problem?.let { EmptyState(it) }
            if (view != null) Queued(view, uiState.problem)
        }
    }
}

@Composable
private fun Queued(view: QueuedRequestView, problem: String?) {
    PageContent {
        DetailHeader(view.icon, view.title, view.state)
        problem?.let { ProblemCard(it) }
        Text(view.line, style = MaterialTheme.typography.bodyLarge)
        for (section in view.sections) Answers(section)
    }
}
