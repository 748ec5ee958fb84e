package ma.fos.services.parts

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
import ma.fos.services.theme.Tokens

/** Actions of a place of the space. */
internal class RootEvents(
    val onProfile: () -> Unit = {},
    val onPlace: (Place) -> Unit = {},
    val onRefresh: () -> Unit = {}
)

/** One of the space's places: its header, a list that is fetched anew when it is pulled, and the bar of all places. */
@Composable
internal fun Root(
    place: Place,
    events: RootEvents,
    refreshing: Boolean,
    header: @Composable () -> Unit,
    state: LazyListState = rememberLazyListState(),
    list: LazyListScope.() -> Unit
) {
    Surface(Modifier.fillMaxSize().testTag(place.key), color = MaterialTheme.colorScheme.surface) {
        BoxWithConstraints {
            // On its side a phone has no height to spare: there the header scrolls away with the list.
            val stands = maxHeight >= HIGH_ENOUGH
            Column(Modifier.imePadding()) {
                if (stands) header()
                Refreshed(
                    refreshing,
                    events.onRefresh,
                    Modifier.weight(1f).semantics { isTraversalGroup = true }
                ) { pulls ->
                    LazyColumn(
                        Modifier.fillMaxSize().then(pulls),
                        state,
                        contentPadding = PaddingValues(bottom = Tokens.Space.l)
                    ) {
                        if (!stands) item(key = "header") { Column { header() } }
                        list()
                    }
                }
                Places(place, events.onPlace)
            }
        }
    }
}

private val HIGH_ENOUGH = 480.dp
