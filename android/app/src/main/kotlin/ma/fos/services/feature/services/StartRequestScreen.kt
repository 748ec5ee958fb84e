package ma.fos.services.feature.services

import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.lifecycle.createSavedStateHandle
import ma.fos.core.StartView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.Documents
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state

/** Start of a request, which «+» opens. */
@Composable
internal fun StartRequestRoute(core: CoreState, id: String, navigation: StartRequestNavigation) {
    val model = screenViewModel { StartRequestViewModel(core, id, createSavedStateHandle()) }
    val uiState = model.state()
    EventEffect(model) { navigation.onOpenForm() }
    val fillsAtOnce = uiState.read.view?.fillAtOnce == true
    LaunchedEffect(fillsAtOnce) { if (fillsAtOnce) navigation.onFillAtOnce() }
    if (!fillsAtOnce) StartRequestScreen(uiState, model::onAction, navigation)
}

/** Navigation from the screen. */
internal class StartRequestNavigation(
    val onClose: () -> Unit = {},
    val onOpenForm: () -> Unit = {},
    /** Opens the form in place of the page, which has nothing to say. */
    val onFillAtOnce: () -> Unit = {},
    val onOpenEarlierRequest: (id: String) -> Unit = {}
)

@Composable
internal fun StartRequestScreen(
    uiState: StartRequestUiState,
    onAction: (StartRequestAction) -> Unit,
    navigation: StartRequestNavigation = StartRequestNavigation()
) {
    val question = uiState.read.view?.startOverQuestion?.takeIf { uiState.isConfirming }
    ConfirmationSheet(
        question,
        onConfirm = { onAction(StartRequestAction.StartOver) },
        onCancel = { onAction(StartRequestAction.Cancel) }
    ) { StartRequest(uiState, onAction, navigation) }
}

@Composable
private fun StartRequest(
    uiState: StartRequestUiState,
    onAction: (StartRequestAction) -> Unit,
    navigation: StartRequestNavigation
) {
    val view = uiState.read.view
    ScreenScaffold(
        "start",
        top = { FosTopAppBar(view?.title.orEmpty(), navigation.onClose, symbol = "close") },
        bar = view?.let { { ActionBar { StartActionBar(it, navigation) } } }
    ) {
        uiState.read.problem?.let { EmptyState(it) }
        if (view != null) {
            PageContent {
                Heading(view.service, style = MaterialTheme.typography.headlineMedium)
                uiState.problem?.let { ProblemCard(it) }
                Text(view.text, style = MaterialTheme.typography.bodyLarge)
                view.earlier?.let { earlier ->
                    GuardedTextButton(earlier.open, { navigation.onOpenEarlierRequest(earlier.id) }, outlined = true)
                }
                // Away from the places of main actions, so that no second tap hits it.
                view.startOver?.let {
                    val onClick = { onAction(StartRequestAction.AskBeforeStartOver) }
                    GuardedTextButton(it, onClick, symbol = "delete", working = uiState.startingOver, outlined = true)
                }
                if (view.documents.isNotEmpty()) Documents(view.documentsTitle, view.documents)
            }
        }
    }
}

/** Button that opens the form, or closes the page of a service without one. */
@Composable
private fun StartActionBar(view: StartView, navigation: StartRequestNavigation) {
    val fill = view.fill
    if (fill == null) {
        ActionButton(view.close, navigation.onClose)
    } else {
        ActionButton(fill, navigation.onOpenForm, symbol = "edit")
    }
}
