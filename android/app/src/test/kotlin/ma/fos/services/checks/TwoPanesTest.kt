package ma.fos.services.checks

import android.app.Application
import android.os.Handler
import android.os.Looper
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import ma.fos.core.CardView
import ma.fos.core.ChipView
import ma.fos.core.Fos
import ma.fos.core.GroupView
import ma.fos.core.NoHandle
import ma.fos.core.ServiceView
import ma.fos.core.Services
import ma.fos.core.ServicesView
import ma.fos.core.Stage
import ma.fos.core.Tone
import ma.fos.services.composeRoot
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreState
import ma.fos.services.get
import ma.fos.services.navigation.AppContent
import ma.fos.services.reachable
import ma.fos.services.tag
import ma.fos.services.ui.components.LocalViewModelStoreOwner
import ma.fos.services.unmerged
import ma.fos.services.words
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** A list and its page side by side in a wide window, one over the other in a narrow one. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w1200dp-h800dp-mdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class TwoPanesTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val bench by lazy { Bench() }
    private val worker = TestWorker()
    private val core by lazy { SpaceFos(openCore(folder.root)) }
    private val state by lazy { CoreState(core, Handler(Looper.getMainLooper()), worker.dispatcher) }
    private val app = AppViewModel()
    private var width by mutableStateOf(WIDE)
    private val owner = TestOwner()

    /** Leaves no work and no frame behind, which would hold up the next window. */
    @After
    fun end() {
        owner.viewModelStore.clear()
        bench.show { }
        settle()
    }

    @Test
    fun aServiceStandsBesideTheListAndAloneInANarrowWindow() {
        show()
        assertEquals(listOf("services", "no-page"), panes())
        press("card:hajj-grant")
        assertEquals(listOf("services", "service"), panes())
        assertTrue("its own page", says("hajj-grant", "service"))
        press("card:umra")
        assertEquals(listOf("services", "service"), panes())
        assertTrue("the other's page", says("umra", "service"))
        back()
        assertEquals("one page at a time stands there", listOf("services", "no-page"), panes())
        press("card:hajj-grant")
        resize(NARROW)
        assertEquals(listOf("service"), panes())
        assertTrue("the page it was", says("hajj-grant", "service"))
        resize(WIDE)
        assertEquals(listOf("services", "service"), panes())
        resize(NARROW)
        back()
        assertEquals(listOf("services"), panes())
    }

    @Test
    fun theListIsReadBeforeThePageAndNeitherIsTornApart() {
        show()
        press("card:umra")
        assertEquals("", root().misread().joinToString("\n"))
    }

    @Test
    fun aLinkOpensItsPageBesideItsList() {
        app.follow("https://portal.fos.test/service/umra")
        show()
        assertEquals(listOf("services", "service"), panes())
        app.follow("https://portal.fos.test/requests")
        settle()
        assertEquals(listOf("requests", "no-page"), panes())
        back()
        assertEquals("back leads to the services", listOf("services", "no-page"), panes())
    }

    @Test
    fun anotherDestinationTakesNoPageAlong() {
        show()
        press("card:umra")
        press("place:requests")
        assertEquals(listOf("requests", "no-page"), panes())
    }

    @Test
    fun theProfileLiesOverBothPanes() {
        show()
        press("card:umra")
        app.snackbar.text = DONE
        settle()
        assertEquals("a message shows once", 1, root().unmerged().count { DONE in it.words() })
        press("profile")
        assertEquals(
            "what lies below is silent",
            emptySet<String>(),
            root().reachable().mapNotNull { it.tag }.toSet() - SHEET
        )
    }

    /** Every size from that of the smallest phone to that of a tablet, on the way there and back. */
    @Test
    fun noWidthLosesThePage() {
        show()
        press("card:umra")
        for (dp in (WIDE downTo SMALLEST step STEP) + (SMALLEST..WIDE step STEP)) {
            resize(dp)
            val expected = if (dp >= EXPANDED) listOf("services", "service") else listOf("service")
            assertEquals("$dp dp", expected, panes())
            assertEquals("$dp dp", "", root().clipped().joinToString("\n"))
        }
    }

    private fun show() {
        state
        core.hasTold.await()
        bench.show {
            CompositionLocalProvider(LocalViewModelStoreOwner provides owner) {
                Box(Modifier.width(width.dp)) { AppContent(state, app) }
            }
        }
        settle()
    }

    private fun press(tag: String) {
        val node = root().unmerged().first { it.tag == tag && it[SemanticsActions.OnClick] != null }
        node[SemanticsActions.OnClick]?.action?.invoke()
        settle()
    }

    private fun resize(dp: Int) {
        width = dp
        settle()
    }

    private fun back() {
        bench.activity.onBackPressedDispatcher.onBackPressed()
        settle()
    }

    private fun settle() = worker.settle(bench.activity.window.decorView)

    private fun root(): ViewRootForTest = checkNotNull(bench.activity.window.decorView.composeRoot())

    private fun panes() = root().unmerged().mapNotNull { it.tag }
        .filter { it in setOf("services", "requests", "service", "no-page") }

    private fun says(id: String, screen: String): Boolean {
        val page = root().unmerged().first { it.tag == screen }.boundsInWindow
        return root().unmerged().any { "خدمة $id" in it.words() && it.boundsInWindow.center in page }
    }

    private fun ViewRootForTest.misread(): List<String> {
        val middle = bench.activity.window.decorView.width * (1 - LIST_SHARE)
        val sides = spokenOrder().filter { it.words().any(String::isNotBlank) && !it.boundsInWindow.isEmpty }
            .map { it.boundsInWindow.center.x > middle }
        val turns = sides.zipWithNext().count { (one, next) -> one != next }
        return listOf("read from side to side").filter { turns > 1 } + misdirected(LayoutDirection.Rtl) + clipped() +
            small() +
            unlabelled()
    }

    /** The core of a member, with two services. */
    private class SpaceFos(private val real: Fos) : CountedFos(real, Calls()) {
        override fun stage() = Stage.SPACE

        override fun deepLink(url: String) = real.deepLink(url)

        override fun services(): Services = object : Services(NoHandle) {
            override fun list(text: String, category: String): ServicesView {
                val cards = listOf("hajj-grant", "umra").map {
                    CardView(it, "mosque", "خدمة $it", "دورية 2/26", null, "تقديم طلب", false)
                }
                val group = GroupView(Tone.SUCCESS, "مفتوحة الآن", "2", cards)
                return ServicesView("الخدمات", "ابحث عن خدمة", emptyList(), listOf(group), null, null, null, false)
            }

            override fun service(id: String) = ServiceView(
                id = id,
                icon = "mosque",
                title = "خدمة $id",
                summary = "منحة",
                chip = ChipView("lock_open", "مفتوحة", Tone.SUCCESS),
                facts = emptyList(),
                circular = null,
                circularLine = null,
                documentsTitle = null,
                documents = emptyList(),
                plus = null,
                whyNot = null
            )

            override suspend fun refreshIfStale() = Unit
        }
    }

    private companion object {
        const val WIDE = 1200
        const val NARROW = 360
        const val SMALLEST = 320
        const val STEP = 80
        const val EXPANDED = 840
        const val LIST_SHARE = 0.4f
        val SHEET = setOf("profile", "scrim", "snackbar")
        const val DONE = "تم"
    }
}
