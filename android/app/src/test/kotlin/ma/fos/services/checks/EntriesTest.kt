package ma.fos.services.checks

import android.app.Application
import android.os.Handler
import android.os.Looper
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.LifecycleRegistry
import androidx.lifecycle.ViewModel
import androidx.lifecycle.compose.LocalLifecycleOwner
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import ma.fos.services.core.AsyncAction
import ma.fos.services.core.CoreState
import ma.fos.services.core.ScreenViewModel
import ma.fos.services.navigation.rememberNavEntries
import ma.fos.services.settle
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.LocalViewModelStoreOwner
import ma.fos.services.ui.components.entryViewModel
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** View models of the entries of a back stack, their events and their actions. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class EntriesTest {
    @get:Rule
    val folder = TemporaryFolder()

    // A window that is never drawn would hold up the next one.
    private val bench by lazy { Bench() }

    @Test
    fun anEntryThatStillFadesOutKeepsItsViewModel() {
        var keys by mutableStateOf(listOf("page"))
        var isShown by mutableStateOf(true)
        var made = 0
        var cleared = 0
        val owner = TestOwner()
        bench.show {
            CompositionLocalProvider(LocalViewModelStoreOwner provides owner) {
                val entries = rememberNavEntries()
                entries.ClearRemoved(keys)
                if (isShown) entries.Entry("page") { entryViewModel { made++.let { Cleared { cleared++ } } } }
            }
        }
        keys = emptyList()
        settle()
        assertEquals("it still shows", 0, cleared)
        isShown = false
        settle()
        assertEquals("it is gone", 1, cleared)
        assertEquals("there was one", 1, made)
    }

    @Test
    fun anEventThatComesWhileTheAppIsAwayIsNotSpent() {
        val core = CoreState(openCore(folder.root), Handler(Looper.getMainLooper()), TestWorker().dispatcher)
        val model = Finishing(core)
        val phone = Phone()
        val received = mutableListOf<String>()
        phone.lifecycle.currentState = Lifecycle.State.CREATED
        bench.show {
            CompositionLocalProvider(LocalLifecycleOwner provides phone) { EventEffect(model) { received += it } }
        }
        model.finish()
        settle()
        assertEquals("away", emptyList<String>(), received)
        phone.lifecycle.currentState = Lifecycle.State.RESUMED
        settle()
        assertEquals("back", listOf("receipt"), received)
    }

    @Test
    fun workThatIsRestartedTakesThePlaceOfWhatRuns() {
        val states = mutableListOf<Boolean>()
        val action = AsyncAction(CoroutineScope(Dispatchers.Unconfined), onSessionEnded = {}) { states += it.isRunning }
        val results = mutableListOf<String>()
        val first = CompletableDeferred<String>()
        val second = CompletableDeferred<String>()
        action.run { results += first.await() }
        action.run { results += "a second tap" }
        action.restart { results += second.await() }
        first.complete("arabic")
        assertEquals("the second runs", true, action.isRunning)
        second.complete("french")
        assertEquals(listOf("french"), results)
        assertEquals(listOf(true, true, false), states)
    }

    private fun settle() = bench.activity.window.decorView.settle()

    private class Cleared(private val onClear: () -> Unit) : ViewModel() {
        override fun onCleared() = onClear()
    }

    private class Finishing(core: CoreState) : ScreenViewModel<Unit, String>(core, Unit) {
        fun finish() = send("receipt")
    }

    private class Phone : LifecycleOwner {
        override val lifecycle = LifecycleRegistry(this)
    }
}
