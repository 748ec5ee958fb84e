package ma.fos.services.feature.requests

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.RequestGroupView
import ma.fos.core.RequestTarget
import ma.fos.core.RequestsView
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.BrandHeader
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.TopLevelDestination
import ma.fos.services.ui.components.TopLevelEvents
import ma.fos.services.ui.components.TopLevelScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.read
import ma.fos.services.ui.forms.outlined
import ma.fos.services.ui.theme.Tokens

/** Navigation from the list of requests. */
internal class RequestsNavigation(
    val onForm: (String) -> Unit = {},
    val onRequest: (String) -> Unit = {},
    val onQueued: (String) -> Unit = {},
    val onProfile: () -> Unit = {},
    val onDestination: (TopLevelDestination) -> Unit = {}
)

/** List of the member's requests: drafts, entries that wait, requests on file. */
@Composable
internal fun RequestsScreen(core: CoreState, navigation: RequestsNavigation) {
    val requests = core.requests
    val backgroundRefresh = LocalAppViewModel.current.action("look-at-requests")
    val refresh = LocalAppViewModel.current.action("refresh-requests")
    val returnToDraft = LocalAppViewModel.current.action("take-back")
    // Errors of the background refresh are shown by the notices alone.
    LaunchedEffect(core) { backgroundRefresh.run(quiet = true) { requests.refresh() } }
    LaunchedEffect(core.notices) { refresh.clearProblem() }
    DisposableEffect(Unit) {
        onDispose {
            refresh.clearProblem()
            returnToDraft.clearProblem()
        }
    }
    val read = remember(core.language, core.requestsVersion, core.catalogueVersion) { read { requests.list() } }
    RequestsContent(
        RequestsState(
            read.view ?: return EmptyState(read.problem.orEmpty(), Modifier.testTag("requests")),
            core.notices,
            returnToDraft.problem ?: refresh.problem,
            refresh.isRunning
        ),
        RequestsEvents(
            { target ->
                when (target) {
                    is RequestTarget.Form -> navigation.onForm(target.service)

                    is RequestTarget.Request -> navigation.onRequest(target.id)

                    is RequestTarget.Queued -> navigation.onQueued(target.key)

                    is RequestTarget.OutboxEntry -> returnToDraft.run {
                        navigation.onForm(withContext(Dispatchers.IO) { requests.returnToDraft(target.key) })
                    }
                }
            },
            TopLevelEvents(navigation.onProfile, navigation.onDestination) {
                returnToDraft.clearProblem()
                refresh.run { requests.refresh() }
            }
        )
    )
}

/** State of the screen. */
internal data class RequestsState(
    val view: RequestsView,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val refreshing: Boolean = false
)

/** Events of the screen. */
internal class RequestsEvents(val onCard: (RequestTarget) -> Unit, val topLevel: TopLevelEvents)

@Composable
internal fun RequestsContent(state: RequestsState, events: RequestsEvents) {
    val list = rememberLazyListState()
    LaunchedEffect(state.problem) { if (state.problem != null) list.animateScrollToItem(0) }
    TopLevelScaffold(
        TopLevelDestination.REQUESTS,
        events.topLevel,
        state.refreshing,
        header = { BrandHeader(state.view.title, state.notices, events.topLevel.onProfile) },
        list
    ) {
        state.problem?.let {
            item(key = "problem") { ProblemCard(it, listItemModifier().padding(top = Tokens.Space.m)) }
        }
        state.view.groups.forEach { group(it, events) }
        state.view.empty?.let { item(key = "empty") { NoRequests(it, events) } }
    }
}

private fun LazyListScope.group(group: RequestGroupView, events: RequestsEvents) {
    item(key = "group:${group.title}") {
        Text(
            group.title,
            Modifier.margins().padding(top = Tokens.Space.m, bottom = Tokens.Space.xs).semantics { heading() },
            style = MaterialTheme.typography.titleMedium
        )
    }
    items(group.cards, key = { "request:${it.id}" }) { card ->
        RequestCard(card, { events.onCard(card.target) }, listItemModifier())
    }
}

@Composable
private fun listItemModifier() = Modifier.margins().padding(bottom = Tokens.Space.s)

/** Empty list of requests, with a button to the services. */
@Composable
private fun NoRequests(text: String, events: RequestsEvents) = EmptyState(text) {
    TextActionButton(
        phrase(Phrase.SERVICES),
        { events.topLevel.onDestination(TopLevelDestination.SERVICES) },
        Modifier.testTag("to-services"),
        symbol = "grid_view",
        outlined = true
    )
}
