package ma.fos.services.feature.requests

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.lifecycle.createSavedStateHandle
import ma.fos.core.Phrase
import ma.fos.core.RequestGroupView
import ma.fos.core.RequestTarget
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.BrandHeader
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.TopLevelDestination
import ma.fos.services.ui.components.TopLevelNavigation
import ma.fos.services.ui.components.TopLevelScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens

/** Navigation from the list of requests. */
internal class RequestsNavigation(
    val onForm: (String) -> Unit = {},
    val onRequest: (String) -> Unit = {},
    val onQueued: (String) -> Unit = {},
    val topLevel: TopLevelNavigation = TopLevelNavigation()
)

/** List of the member's requests: drafts, entries that wait, requests on file. */
@Composable
internal fun RequestsRoute(core: CoreState, navigation: RequestsNavigation) {
    val model = screenViewModel { RequestsViewModel(core, createSavedStateHandle()) }
    val uiState = model.state()
    EventEffect(model) { navigation.onForm(it) }
    RequestsScreen(uiState, model::onAction, navigation)
}

@Composable
internal fun RequestsScreen(
    uiState: RequestsUiState,
    onAction: (RequestsAction) -> Unit,
    navigation: RequestsNavigation = RequestsNavigation()
) {
    val list = rememberLazyListState()
    LaunchedEffect(uiState.problem) { if (uiState.problem != null) list.animateScrollToItem(0) }
    val onCard = { target: RequestTarget ->
        when (target) {
            is RequestTarget.Form -> navigation.onForm(target.service)
            is RequestTarget.Request -> navigation.onRequest(target.id)
            is RequestTarget.Queued -> navigation.onQueued(target.key)
            is RequestTarget.OutboxEntry -> onAction(RequestsAction.ReturnToDraft(target.key))
        }
    }
    val view = uiState.read.view
    val drafts = view?.groups.orEmpty().flatMap { it.cards }.mapNotNull { it.delete }
    val asked = drafts.firstOrNull { it.service == uiState.draftToConfirm }
    ConfirmationSheet(
        asked?.question,
        onConfirm = { asked?.let { onAction(RequestsAction.Delete(it.service)) } },
        onCancel = { onAction(RequestsAction.AskBeforeDelete(null)) }
    ) { RequestList(uiState, onAction, navigation, list, onCard) }
}

@Composable
private fun RequestList(
    uiState: RequestsUiState,
    onAction: (RequestsAction) -> Unit,
    navigation: RequestsNavigation,
    list: LazyListState,
    onCard: (RequestTarget) -> Unit
) {
    val view = uiState.read.view
    TopLevelScaffold(
        TopLevelDestination.REQUESTS,
        navigation.topLevel,
        uiState.refreshing,
        onRefresh = { onAction(RequestsAction.Refresh) },
        header = { BrandHeader(view?.title ?: phrase(Phrase.REQUESTS), navigation.topLevel.onProfile) },
        list
    ) {
        uiState.read.problem?.let { item(key = "unread") { EmptyState(it) } }
        uiState.problem?.let {
            item(key = "problem") { ProblemCard(it, listItemModifier().padding(top = Tokens.Space.m)) }
        }
        view?.groups?.forEach { group(it, onCard) { service -> onAction(RequestsAction.AskBeforeDelete(service)) } }
        view?.empty?.let { item(key = "empty") { NoRequests(it, navigation.topLevel) } }
    }
}

private fun LazyListScope.group(group: RequestGroupView, onCard: (RequestTarget) -> Unit, onDelete: (String) -> Unit) {
    item(key = "group:${group.title}") {
        Heading(group.title, Modifier.margins().padding(top = Tokens.Space.m, bottom = Tokens.Space.xs))
    }
    items(group.cards, key = { "request:${it.id}" }) { card ->
        RequestCard(card, { onCard(card.target) }, listItemModifier()) { card.delete?.let { onDelete(it.service) } }
    }
}

@Composable
private fun listItemModifier() = Modifier.margins().padding(bottom = Tokens.Space.s)

/** Empty list of requests, with a button to the services. */
@Composable
private fun NoRequests(text: String, navigation: TopLevelNavigation) = EmptyState(text) {
    TextActionButton(
        phrase(Phrase.SERVICES),
        { navigation.onDestination(TopLevelDestination.SERVICES) },
        Modifier.testTag("to-services"),
        symbol = "grid_view",
        outlined = true
    )
}
