package ma.fos.services.navigation

import androidx.compose.runtime.Composable
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import ma.fos.services.ui.components.PredictiveBack

/** Back stack of the pages above a screen, in saved state. */
@Stable
internal class BackStack(keys: MutableState<List<String>>) {
    private var keys by keys

    /** All pages, the lowest first. */
    val routes: List<Route> get() = keys.mapNotNull(Route::of)

    /** The page on top, if there is one. */
    val top: Route? get() = routes.lastOrNull()

    /** Opens a page over the others. */
    fun push(route: Route) {
        keys = keys + route.key
    }

    /** Leaves the page on top. */
    fun pop() {
        keys = keys.dropLast(1)
    }

    /** Replaces all pages. */
    fun replace(routes: List<Route>) {
        keys = routes.map(Route::key)
    }
}

@Composable
internal fun rememberBackStack(): BackStack {
    val keys = rememberSaveable { mutableStateOf(emptyList<String>()) }
    return remember(keys) { BackStack(keys) }
}

/** Shows the page on top of [backStack], or [root] below all pages; each is an entry that ends when it leaves the stack. */
@Composable
internal fun BackStackContent(backStack: BackStack, root: @Composable () -> Unit, page: @Composable (Route) -> Unit) {
    val entries = rememberNavEntries()
    entries.ClearRemoved(backStack.routes.map(Route::key))
    val top = backStack.top
    if (top == null) {
        entries.Entry("root", root)
    } else {
        PredictiveBack(backStack::pop) { entries.Entry(top.key) { page(top) } }
    }
}
