package ma.fos.services.checks

import android.view.View
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.lifecycle.ViewModelStore
import androidx.lifecycle.ViewModelStoreOwner
import java.util.concurrent.Executors
import kotlinx.coroutines.asCoroutineDispatcher
import ma.fos.services.core.CoreState
import ma.fos.services.navigation.rememberNavEntries
import ma.fos.services.settle
import ma.fos.services.ui.components.LocalViewModelStoreOwner
import ma.fos.services.ui.components.LocalizedContent
import ma.fos.services.ui.theme.FosTheme

/** Thread on which the app reads and writes files in a test; the test waits until it has nothing more to do. */
internal class TestWorker {
    private val executor = Executors.newSingleThreadExecutor { Thread(it, "worker").apply { isDaemon = true } }
    val dispatcher = executor.asCoroutineDispatcher()

    /** Runs [work] there, and returns its result. */
    fun <Result> run(work: () -> Result): Result = executor.submit(work).get()

    /** Lets the app draw what was read by now, and what that leads to: one way to the worker and back in each round. */
    fun settle(view: View) = repeat(ROUNDS) {
        run {}
        view.settle()
    }

    private companion object {
        // A fast worker needs fewer: on a busy machine each way back waits for its own.
        const val ROUNDS = 4
    }
}

/** Owner of view models as an activity is: it outlives the window. */
internal class TestOwner : ViewModelStoreOwner {
    override val viewModelStore = ViewModelStore()
}

/** [screen] as the app shows it: in the core's language, as an entry of a back stack. */
@Composable
internal fun InApp(core: CoreState, owner: ViewModelStoreOwner, screen: @Composable () -> Unit) {
    val state by core.state.collectAsState()
    CompositionLocalProvider(LocalViewModelStoreOwner provides owner) {
        LocalizedContent(state.language, state.phrases) {
            FosTheme { rememberNavEntries().Entry("screen", screen) }
        }
    }
}
