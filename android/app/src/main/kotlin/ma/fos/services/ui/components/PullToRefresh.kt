package ma.fos.services.ui.components

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.material3.pulltorefresh.PullToRefreshDefaults.Indicator
import androidx.compose.material3.pulltorefresh.rememberPullToRefreshState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.semantics
import ma.fos.core.Phrase

/**
 * A list that is fetched anew when it is pulled down. Who cannot pull finds the same among the list's actions: [list]
 * is given what to put on it.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun PullToRefresh(
    refreshing: Boolean,
    onRefresh: () -> Unit,
    modifier: Modifier = Modifier,
    list: @Composable (Modifier) -> Unit
) {
    val colours = MaterialTheme.colorScheme
    val pull = rememberPullToRefreshState()
    val refresh = CustomAccessibilityAction(phrase(Phrase.REFRESH)) {
        onRefresh()
        true
    }
    PullToRefreshBox(
        refreshing,
        onRefresh,
        modifier.fillMaxWidth(),
        pull,
        indicator = {
            Indicator(
                pull,
                refreshing,
                Modifier.align(Alignment.TopCenter),
                containerColor = colours.surfaceContainerHigh,
                color = colours.primary
            )
        }
    ) { list(Modifier.semantics { customActions = listOf(refresh) }) }
}
