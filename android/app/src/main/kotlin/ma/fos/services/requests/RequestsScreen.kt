package ma.fos.services.requests

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
import ma.fos.services.FosLive
import ma.fos.services.parts.BrandHeader
import ma.fos.services.parts.Place
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Root
import ma.fos.services.parts.RootEvents
import ma.fos.services.parts.Text
import ma.fos.services.parts.WordsButton
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** Navigation from the list of requests. */
internal class RequestsWays(
    val onForm: (String) -> Unit = {},
    val onRequest: (String) -> Unit = {},
    val onQueued: (String) -> Unit = {},
    val onProfile: () -> Unit = {},
    val onPlace: (Place) -> Unit = {}
)

/** List of the member's requests: drafts, entries that wait, requests on file. */
@Composable
internal fun RequestsScreen(live: FosLive, ways: RequestsWays) {
    val requests = live.requests
    val look = LocalActs.current.act("look-at-requests")
    val refresh = LocalActs.current.act("refresh-requests")
    val takeBack = LocalActs.current.act("take-back")
    // What the member did not ask for tells them nothing: the notices do.
    LaunchedEffect(live) { look.run(quiet = true) { requests.refresh() } }
    LaunchedEffect(live.notices) { refresh.settle() }
    DisposableEffect(Unit) {
        onDispose {
            refresh.settle()
            takeBack.settle()
        }
    }
    val read = remember(live.language, live.work, live.catalogue) { read { requests.list() } }
    RequestsContent(
        RequestsState(
            read.view ?: return QuietState(read.problem.orEmpty(), Modifier.testTag("requests")),
            live.notices,
            takeBack.problem ?: refresh.problem,
            refresh.working
        ),
        RequestsEvents(
            { lead ->
                when (lead) {
                    is RequestTarget.Form -> ways.onForm(lead.service)

                    is RequestTarget.Request -> ways.onRequest(lead.id)

                    is RequestTarget.Queued -> ways.onQueued(lead.key)

                    is RequestTarget.OutboxEntry -> takeBack.run {
                        ways.onForm(withContext(Dispatchers.IO) { requests.returnToDraft(lead.key) })
                    }
                }
            },
            RootEvents(ways.onProfile, ways.onPlace) {
                takeBack.settle()
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
internal class RequestsEvents(val onCard: (RequestTarget) -> Unit, val root: RootEvents)

@Composable
internal fun RequestsContent(state: RequestsState, events: RequestsEvents) {
    val list = rememberLazyListState()
    LaunchedEffect(state.problem) { if (state.problem != null) list.animateScrollToItem(0) }
    Root(
        Place.REQUESTS,
        events.root,
        state.refreshing,
        header = { BrandHeader(state.view.title, state.notices, events.root.onProfile) },
        list
    ) {
        state.problem?.let { item(key = "problem") { ProblemCard(it, side().padding(top = Tokens.Space.m)) } }
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
        RequestCard(card, { events.onCard(card.target) }, side())
    }
}

@Composable
private fun side() = Modifier.margins().padding(bottom = Tokens.Space.s)

/** Nothing was asked for yet: the way to what can be. */
@Composable
private fun NoRequests(text: String, events: RequestsEvents) = QuietState(text) {
    WordsButton(
        say(Phrase.SERVICES),
        { events.root.onPlace(Place.SERVICES) },
        Modifier.testTag("to-services"),
        symbol = "grid_view",
        outlined = true
    )
}
