package ma.fos.services.checks

import android.app.Application
import android.os.Handler
import android.os.Looper
import androidx.compose.runtime.Composable
import ma.fos.core.Fos
import ma.fos.core.NoHandle
import ma.fos.core.Requests
import ma.fos.core.Services
import ma.fos.services.core.CoreState
import ma.fos.services.feature.requests.RequestsNavigation
import ma.fos.services.feature.requests.RequestsRoute
import ma.fos.services.feature.services.ServicesNavigation
import ma.fos.services.feature.services.ServicesRoute
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Lists that stay below a page: their view models live on, and are old when the member comes back. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class ShownAgainTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val bench = Bench()
    private val worker = TestWorker()
    private val fetched = mutableListOf<String>()

    @Test
    fun aListIsFetchedEachTimeItIsShown() {
        val core = CoreState(FetchedFos(openCore(folder.root)), Handler(Looper.getMainLooper()), worker.dispatcher)
        val lists = mapOf<String, @Composable () -> Unit>(
            "services" to { ServicesRoute(core, ServicesNavigation()) },
            "requests" to { RequestsRoute(core, RequestsNavigation()) }
        )
        for ((name, list) in lists) {
            val owner = TestOwner()
            repeat(TIMES) {
                bench.show { InApp(core, owner, list) }
                worker.settle(bench.activity.window.decorView)
                bench.show { }
            }
            assertEquals(name, TIMES, fetched.count { it == name })
        }
    }

    /** A core whose portal has nothing new each time. */
    private inner class FetchedFos(private val real: Fos) : CountedFos(real, Calls()) {
        override fun services(): Services = object : Services(NoHandle) {
            override fun list(text: String, category: String) = real.services().list(text, category)

            override suspend fun refreshIfStale() {
                fetched += "services"
            }
        }

        override fun requests(): Requests = object : Requests(NoHandle) {
            override fun list() = real.requests().list()

            override suspend fun refresh() {
                fetched += "requests"
            }
        }
    }

    private companion object {
        const val TIMES = 2
    }
}
