package ma.fos.services.ui.components

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.services.ui.theme.Tokens

/** Events of a top-level destination. */
internal class TopLevelEvents(
    val onProfile: () -> Unit = {},
    val onDestination: (TopLevelDestination) -> Unit = {},
    val onRefresh: () -> Unit = {}
)

/** Screen of a top-level destination: a header, a list that a pull refreshes, and the navigation bar. */
@Composable
internal fun TopLevelScaffold(
    destination: TopLevelDestination,
    events: TopLevelEvents,
    refreshing: Boolean,
    header: @Composable () -> Unit,
    state: LazyListState = rememberLazyListState(),
    list: LazyListScope.() -> Unit
) {
    Surface(Modifier.fillMaxSize().testTag(destination.key), color = MaterialTheme.colorScheme.surface) {
        BoxWithConstraints {
            // In a low window the header scrolls with the list.
            val isHeaderFixed = maxHeight >= HIGH_ENOUGH
            Column(Modifier.imePadding()) {
                if (isHeaderFixed) header()
                PullToRefresh(
                    refreshing,
                    events.onRefresh,
                    Modifier.weight(1f).semantics { isTraversalGroup = true }
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
                FosNavigationBar(destination, events.onDestination)
            }
        }
    }
}

private val HIGH_ENOUGH = 480.dp
