package ma.fos.services.feature.services

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
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.CardPlaceholders
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.TopLevelDestination
import ma.fos.services.ui.components.TopLevelEvents
import ma.fos.services.ui.components.TopLevelScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.read
import ma.fos.services.ui.components.withoutLoneSurrogates
import ma.fos.services.ui.forms.outlined
import ma.fos.services.ui.theme.Tokens

/** Guide step 8: the services, found by words or by category. */
@Composable
internal fun ServicesScreen(
    core: CoreState,
    onService: (String) -> Unit,
    onStart: (String) -> Unit,
    onProfile: () -> Unit,
    onDestination: (TopLevelDestination) -> Unit
) {
    val services = core.services
    val search = rememberTextFieldState()
    var category by rememberSaveable { mutableStateOf("") }
    val refresh = LocalAppViewModel.current.action("refresh")
    val fetch = { quiet: Boolean ->
        refresh.run(quiet) { if (quiet) services.refreshIfStale() else services.refresh() }
    }
    var isPullRefreshing by remember { mutableStateOf(false) }
    LaunchedEffect(core) { fetch(true) }
    LaunchedEffect(refresh.isRunning) { if (!refresh.isRunning) isPullRefreshing = false }
    // A change of the notices outdates the error.
    LaunchedEffect(core.notices) { refresh.clearProblem() }
    DisposableEffect(refresh) { onDispose { refresh.clearProblem() } }

    val text = search.text.toString().withoutLoneSurrogates()
    val read = remember(text, category, core.language, core.catalogueVersion) {
        read { services.list(text, category) }
    }
    ServicesContent(
        ServicesState(
            read.view ?: return EmptyState(read.problem.orEmpty(), Modifier.testTag("services")),
            core.notices,
            refresh.problem,
            refreshing = isPullRefreshing && refresh.isRunning
        ),
        search,
        ServicesEvents(
            onService,
            onStart,
            { category = it },
            TopLevelEvents(onProfile, onDestination) {
                isPullRefreshing = true
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
    val topLevel: TopLevelEvents
)

@Composable
internal fun ServicesContent(state: ServicesState, search: TextFieldState, events: ServicesEvents) {
    TopLevelScaffold(
        TopLevelDestination.SERVICES,
        events.topLevel,
        state.refreshing,
        header = { ServicesHeader(state, search, events.topLevel.onProfile) }
    ) {
        item(key = "categories") { Categories(state.view.categories, events.onCategory) }
        catalogue(state, search, events)
    }
}

private fun LazyListScope.catalogue(state: ServicesState, search: TextFieldState, events: ServicesEvents) {
    state.problem?.let { problem ->
        item(key = "problem") {
            Column(listItemModifier(), Arrangement.spacedBy(Tokens.Space.s)) {
                ProblemCard(problem)
                ActionButton(
                    ActionView("try-again", phrase(Phrase.TRY_AGAIN), null),
                    events.topLevel.onRefresh,
                    emphasis = ButtonEmphasis.OUTLINED,
                    symbol = "refresh"
                )
            }
        }
    }
    if (state.view.loading && state.problem == null) item(key = "loading") { AfterDelay { CardPlaceholders() } }
    state.view.groups.forEach { group(it, events) }
    state.view.empty?.let { empty ->
        item(key = "empty") {
            EmptyState(empty) {
                if (search.text.isNotEmpty()) {
                    TextActionButton(phrase(Phrase.CLEAR_SEARCH), { search.clearText() }, outlined = true)
                }
            }
        }
    }
}

private fun LazyListScope.group(group: GroupView, events: ServicesEvents) {
    item(key = "group:${group.title}") { GroupTitle(group) }
    items(group.services, key = { "card:${it.id}" }) { card ->
        ServiceCard(card, { events.onService(card.id) }, { events.onStart(card.id) }, listItemModifier())
    }
}

@Composable
private fun listItemModifier() = Modifier.margins().padding(bottom = 10.dp)
