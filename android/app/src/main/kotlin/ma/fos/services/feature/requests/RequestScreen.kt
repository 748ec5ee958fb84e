package ma.fos.services.feature.requests

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import ma.fos.core.Phrase
import ma.fos.core.RequestView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.Answers
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.CopyButton
import ma.fos.services.ui.components.DetailHeader
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.LabelAndIdentifier
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TwoActions
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.share
import ma.fos.services.ui.components.state
import ma.fos.services.ui.components.titleWhenScrolled
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout

/** Screen of a request on file: number, state, day of the answer, receipt. */
@Composable
internal fun RequestRoute(core: CoreState, id: String, onBack: () -> Unit) {
    val model = screenViewModel { RequestViewModel(core, id) }
    val uiState = model.state()
    val context = LocalContext.current
    EventEffect(model) { if (it.isShared) context.share(it.file) else context.open(it.file) }
    RequestScreen(uiState, model::onAction, onBack)
}

@Composable
internal fun RequestScreen(uiState: RequestUiState, onAction: (RequestAction) -> Unit, onBack: () -> Unit = {}) {
    val view = uiState.read.view
    val scroll = rememberScrollState()
    SecureScreen()
    ScreenScaffold(
        "request",
        top = { FosTopAppBar(titleWhenScrolled(scroll, phrase(Phrase.REQUESTS), view?.title), onBack) },
        bar = view?.let { { ActionBar { ReceiptActions(it, uiState, onAction) } } },
        scroll = scroll
    ) {
        uiState.read.problem?.let { EmptyState(it) }
        if (view != null) {
            Request(view, uiState.problem) {
                // At large font sizes the bar has room for the main action only.
                if (isStackedLayout) {
                    val onShare = { onAction(RequestAction.ShareReceipt) }
                    ActionButton(view.share, onShare, emphasis = ButtonEmphasis.OUTLINED, working = uiState.sharing)
                }
            }
        }
    }
}

@Composable
private fun ReceiptActions(view: RequestView, uiState: RequestUiState, onAction: (RequestAction) -> Unit) {
    val onOpen = { onAction(RequestAction.OpenReceipt) }
    if (isStackedLayout) {
        ActionButton(view.receipt, onOpen, working = uiState.showing)
    } else {
        val onShare = { onAction(RequestAction.ShareReceipt) }
        TwoActions(view.receipt, onOpen, uiState.showing, view.share, onShare, uiState.sharing)
    }
}

@Composable
private fun Request(view: RequestView, problem: String?, end: @Composable () -> Unit) {
    PageContent {
        DetailHeader(view.icon, view.title, view.state)
        problem?.let { ProblemCard(it) }
        Number(view)
        view.refusal?.let { ProblemCard(it, old = true) }
        end()
        for (section in view.sections) Answers(section)
    }
}

/** Number of the request, with a copy button, and its dates. */
@Composable
private fun Number(view: RequestView) = FosCard {
    Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.xs)) {
        Row(Modifier.semantics { isTraversalGroup = true }, verticalAlignment = Alignment.CenterVertically) {
            LabelAndIdentifier(view.numberLabel, view.number, Modifier.weight(1f))
            CopyButton("number", view.numberLabel, view.number)
        }
        for (line in view.lines) Text(line, style = MaterialTheme.typography.bodyLarge)
    }
}
