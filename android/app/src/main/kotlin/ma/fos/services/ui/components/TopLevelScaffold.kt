package ma.fos.services.ui.components

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.consumeWindowInsets
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Navigation from a top-level destination. */
internal class TopLevelNavigation(val onProfile: () -> Unit = {}, val onDestination: (TopLevelDestination) -> Unit = {})

/**
 * Screen of a top-level destination: a header, a list that a pull refreshes, and the navigation bar. Who cannot pull finds the
 * same among the list's actions.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun TopLevelScaffold(
    destination: TopLevelDestination,
    navigation: TopLevelNavigation,
    refreshing: Boolean,
    onRefresh: () -> Unit,
    header: @Composable () -> Unit,
    state: LazyListState = rememberLazyListState(),
    list: LazyListScope.() -> Unit
) {
    // In a low window, and at large font sizes, the header scrolls with the list; the ground of the status bar stays.
    val isHeaderFixed = !isCompactHeight && !isStackedLayout
    val refresh = CustomAccessibilityAction(phrase(Phrase.REFRESH)) {
        onRefresh()
        true
    }
    Scaffold(
        Modifier.testTag(destination.key).imePadding(),
        topBar = {
            if (isHeaderFixed) {
                Column { header() }
            } else {
                Spacer(Modifier.fillMaxWidth().background(MaterialTheme.roles.brand).topInset())
            }
        },
        bottomBar = {
            Column {
                FosSnackbarHost(isAboveBar = true)
                FosNavigationBar(destination, navigation.onDestination)
            }
        },
        containerColor = MaterialTheme.colorScheme.surface,
        contentWindowInsets = WindowInsets(0)
    ) { padding ->
        PullToRefreshBox(
            refreshing,
            onRefresh,
            Modifier
                .padding(padding)
                .consumeWindowInsets(WindowInsets.safeDrawing.only(WindowInsetsSides.Top))
                .fillMaxWidth()
                .semantics { isTraversalGroup = true }
        ) {
            LazyColumn(
                Modifier.fillMaxSize().semantics { customActions = listOf(refresh) },
                state,
                contentPadding = PaddingValues(bottom = Tokens.Space.l)
            ) {
                if (!isHeaderFixed) item(key = "header") { Column { header() } }
                list()
            }
        }
    }
}
