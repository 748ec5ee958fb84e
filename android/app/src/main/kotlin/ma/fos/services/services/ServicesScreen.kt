package ma.fos.services.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.foundation.text.input.rememberTextFieldState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import ma.fos.core.ActionView
import ma.fos.core.GroupView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.ServicesView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.AfterAWhile
import ma.fos.services.parts.CardShapes
import ma.fos.services.parts.Place
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Root
import ma.fos.services.parts.RootEvents
import ma.fos.services.parts.Weight
import ma.fos.services.parts.WordsButton
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.parts.wellFormed
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** Guide step 8: the services, found by words or by category. */
@Composable
internal fun ServicesScreen(
    live: FosLive,
    onService: (String) -> Unit,
    onStart: (String) -> Unit,
    onProfile: () -> Unit,
    onPlace: (Place) -> Unit
) {
    val services = live.services
    val search = rememberTextFieldState()
    var category by rememberSaveable { mutableStateOf("") }
    val refresh = LocalActs.current.act("refresh")
    val fetch = { quiet: Boolean ->
        refresh.run(quiet) { if (quiet) services.refreshIfStale() else services.refresh() }
    }
    var pulled by remember { mutableStateOf(false) }
    LaunchedEffect(live) { fetch(true) }
    LaunchedEffect(refresh.working) { if (!refresh.working) pulled = false }
    // What went wrong is over once a notice comes or goes: it would speak of what is no longer so.
    LaunchedEffect(live.notices) { refresh.settle() }
    DisposableEffect(refresh) { onDispose { refresh.settle() } }

    val text = search.text.toString().wellFormed()
    val read = remember(text, category, live.language, live.catalogue) {
        read { services.list(text, category) }
    }
    ServicesContent(
        ServicesState(
            read.view ?: return QuietState(read.problem.orEmpty(), Modifier.testTag("services")),
            live.notices,
            refresh.problem,
            refreshing = pulled && refresh.working
        ),
        search,
        ServicesEvents(
            onService,
            onStart,
            { category = it },
            RootEvents(onProfile, onPlace) {
                pulled = true
                fetch(false)
            }
        )
    )
}

/** State of the screen. */
internal data class ServicesState(
    val view: ServicesView,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val refreshing: Boolean = false
)

/** Events of the screen. */
internal class ServicesEvents(
    val onService: (String) -> Unit,
    val onStart: (String) -> Unit,
    val onCategory: (String) -> Unit,
    val root: RootEvents
)

@Composable
internal fun ServicesContent(state: ServicesState, search: TextFieldState, events: ServicesEvents) {
    Root(
        Place.SERVICES,
        events.root,
        state.refreshing,
        header = { ServicesHeader(state, search, events.root.onProfile) }
    ) {
        item(key = "categories") { Categories(state.view.categories, events.onCategory) }
        catalogue(state, search, events)
    }
}

private fun LazyListScope.catalogue(state: ServicesState, search: TextFieldState, events: ServicesEvents) {
    state.problem?.let { problem ->
        item(key = "problem") {
            Column(side(), Arrangement.spacedBy(Tokens.Space.s)) {
                ProblemCard(problem)
                ActionButton(
                    ActionView("try-again", say(Phrase.TRY_AGAIN), null),
                    events.root.onRefresh,
                    weight = Weight.OUTLINED,
                    symbol = "refresh"
                )
            }
        }
    }
    if (state.view.loading && state.problem == null) item(key = "loading") { AfterAWhile { CardShapes() } }
    state.view.groups.forEach { group(it, events) }
    state.view.empty?.let { empty ->
        item(key = "empty") {
            QuietState(empty) {
                if (search.text.isNotEmpty()) {
                    WordsButton(say(Phrase.CLEAR_SEARCH), { search.clearText() }, outlined = true)
                }
            }
        }
    }
}

private fun LazyListScope.group(group: GroupView, events: ServicesEvents) {
    item(key = "group:${group.title}") { GroupTitle(group) }
    items(group.services, key = { "card:${it.id}" }) { card ->
        ServiceCard(card, { events.onService(card.id) }, { events.onStart(card.id) }, side())
    }
}

@Composable
private fun side() = Modifier.margins().padding(bottom = 10.dp)
