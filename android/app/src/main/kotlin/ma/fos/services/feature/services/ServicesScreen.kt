package ma.fos.services.feature.services

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import androidx.lifecycle.createSavedStateHandle
import ma.fos.core.GroupView
import ma.fos.core.Phrase
import ma.fos.core.UnfinishedView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.CardPlaceholders
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.ClearSearchOnBack
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.RetryButton
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.TopLevelDestination
import ma.fos.services.ui.components.TopLevelNavigation
import ma.fos.services.ui.components.TopLevelScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Guide step 8: the services, found by words or by category. */
@Composable
internal fun ServicesRoute(core: CoreState, navigation: ServicesNavigation) {
    val model = screenViewModel { ServicesViewModel(core, createSavedStateHandle()) }
    val uiState = model.state()
    ServicesScreen(uiState, model.search, model::onAction, navigation)
}

/** Navigation from the screen. */
internal class ServicesNavigation(
    val onService: (String) -> Unit = {},
    val onStart: (String) -> Unit = {},
    val onForm: (String) -> Unit = {},
    val topLevel: TopLevelNavigation = TopLevelNavigation()
)

@Composable
internal fun ServicesScreen(
    uiState: ServicesUiState,
    search: TextFieldState,
    onAction: (ServicesAction) -> Unit,
    navigation: ServicesNavigation = ServicesNavigation()
) {
    val view = uiState.read.view
    ClearSearchOnBack(search)
    TopLevelScaffold(
        TopLevelDestination.SERVICES,
        navigation.topLevel,
        uiState.refreshing,
        onRefresh = { onAction(ServicesAction.Refresh) },
        header = { ServicesHeader(view, search, navigation.topLevel.onProfile) }
    ) {
        uiState.read.problem?.let { item(key = "unread") { EmptyState(it) } }
        if (view != null) {
            item(key = "categories") { Categories(view.categories) { onAction(ServicesAction.Choose(it)) } }
            view.welcome?.let { item(key = "welcome") { Welcome(it) } }
            view.unfinished?.let { item(key = "unfinished") { Unfinished(it) { navigation.onForm(it.service) } } }
            problem(uiState.problem) { onAction(ServicesAction.Refresh) }
            if (view.loading && uiState.problem == null) item(key = "loading") { AfterDelay { CardPlaceholders() } }
            view.groups.forEach { group(it, navigation) }
            view.empty?.let { item(key = "empty") { NothingFound(it, search) } }
        }
    }
}

/** Card after the first access: what was achieved, and what comes. */
@Composable
private fun Welcome(text: String) = FosCard(listItemModifier()) {
    CentredRow(Tokens.Space.s, Modifier.padding(Tokens.Space.m)) {
        Symbol("check_circle-fill", tint = MaterialTheme.roles.success.main)
        Text(text, style = MaterialTheme.typography.bodyLarge)
    }
}

/** Card of the request that the member began last, with the way to it. */
@Composable
private fun Unfinished(view: UnfinishedView, onOpen: () -> Unit) = FosCard(listItemModifier()) {
    Column(Modifier.padding(Tokens.Space.m)) {
        Text(view.text, style = MaterialTheme.typography.titleMedium)
        GuardedTextButton(view.open, onOpen, symbol = "edit")
    }
}

private fun LazyListScope.problem(problem: String?, onRetry: () -> Unit) {
    if (problem == null) return
    item(key = "problem") {
        Column(listItemModifier(), Arrangement.spacedBy(Tokens.Space.s)) {
            ProblemCard(problem)
            RetryButton(onRetry)
        }
    }
}

@Composable
private fun NothingFound(text: String, search: TextFieldState) = EmptyState(text) {
    if (search.text.isNotEmpty()) {
        TextActionButton(phrase(Phrase.CLEAR_SEARCH), { search.clearText() }, outlined = true)
    }
}

private fun LazyListScope.group(group: GroupView, navigation: ServicesNavigation) {
    item(key = "group:${group.title}") { GroupTitle(group) }
    items(group.services, key = { "card:${it.id}" }) { card ->
        ServiceCard(card, { navigation.onService(card.id) }, { navigation.onStart(card.id) }, listItemModifier())
    }
}

@Composable
private fun listItemModifier() = Modifier.margins().padding(bottom = 10.dp)
