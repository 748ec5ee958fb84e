package ma.fos.services.ui.components

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import ma.fos.services.ui.theme.Tokens

/** Navigation from a top-level destination. */
internal class TopLevelNavigation(val onProfile: () -> Unit = {}, val onDestination: (TopLevelDestination) -> Unit = {})

/** Screen of a top-level destination: a header, a list that a pull refreshes, and the navigation bar. */
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
    // In a low window the header scrolls with the list.
    val isHeaderFixed = LocalConfiguration.current.screenHeightDp >= HIGH_ENOUGH
    Scaffold(
        Modifier.testTag(destination.key).imePadding(),
        topBar = { if (isHeaderFixed) Column { header() } },
        bottomBar = {
            Column {
                FosSnackbarHost(isAboveBar = true)
                FosNavigationBar(destination, navigation.onDestination)
            }
        },
        containerColor = MaterialTheme.colorScheme.surface,
        contentWindowInsets = WindowInsets(0)
    ) { padding ->
        PullToRefresh(
            refreshing,
            onRefresh,
            Modifier.padding(padding).semantics { isTraversalGroup = true }
        ) { pulls ->
            LazyColumn(
                Modifier.fillMaxSize().then(pulls),
                state,
                contentPadding = PaddingValues(bottom = Tokens.Space.l)
            ) {
                if (!isHeaderFixed) item(key = "header") { Column { header() } }
                list()
            }
        }
    }
}

private const val HIGH_ENOUGH = 480
