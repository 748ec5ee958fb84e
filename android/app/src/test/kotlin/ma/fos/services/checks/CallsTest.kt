package ma.fos.services.checks

import android.app.Application
import android.os.Handler
import android.os.Looper
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.text.AnnotatedString
import ma.fos.services.core.CoreState
import ma.fos.services.feature.access.CharterRoute
import ma.fos.services.feature.access.MailSentRoute
import ma.fos.services.feature.access.NewPasswordRoute
import ma.fos.services.feature.access.PasswordRequestRoute
import ma.fos.services.feature.access.SignInRoute
import ma.fos.services.feature.account.DevicesRoute
import ma.fos.services.feature.account.ProfileNavigation
import ma.fos.services.feature.account.ProfileRoute
import ma.fos.services.feature.account.SignOutRoute
import ma.fos.services.feature.help.DiagnosticRoute
import ma.fos.services.feature.help.HelpNavigation
import ma.fos.services.feature.help.HelpRoute
import ma.fos.services.feature.help.PrivacyRoute
import ma.fos.services.feature.requests.RequestFormRoute
import ma.fos.services.feature.requests.RequestRoute
import ma.fos.services.feature.requests.RequestsNavigation
import ma.fos.services.feature.requests.RequestsRoute
import ma.fos.services.feature.services.ServiceRoute
import ma.fos.services.feature.services.ServicesNavigation
import ma.fos.services.feature.services.ServicesRoute
import ma.fos.services.feature.services.StartRequestNavigation
import ma.fos.services.feature.services.StartRequestRoute
import ma.fos.services.get
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.ui.components.LocalTapGate
import ma.fos.services.ui.components.TapGate
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Counts the calls of each screen to the core: at most two to draw it, one for a keystroke (DECISIONS.md, 2). */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class CallsTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val calls = Calls()
    private val bench = Bench()
    private val worker = TestWorker()
    private val core by lazy { CountedFos(openCore(folder.root), calls) }
    private val state by lazy { CoreState(core, Handler(Looper.getMainLooper()), worker.dispatcher) }

    /** Whatever the core has to say about its opening is said, and read, before anything is counted. */
    @Before
    fun open() {
        state
        core.hasTold.await()
        bench.show { }
    }

    @Test
    fun aScreenIsDrawnByTwoCalls() {
        val found = screens.mapValues { (_, screen) ->
            bench.show { }
            calls.within { show(screen) }
        }
        assertEquals(emptyMap<String, List<String>>(), found.filterValues { it.size > TO_DRAW })
    }

    /** The guard of touches hears of all buttons of a screen at once, and needs no view for it. */
    @Test
    fun theButtonsOfAScreenAreReportedByOneCall() {
        val taps = TapGate({ CountedGuard(calls) }, { 0 })
        val found = reports(taps)
        assertEquals(emptyMap<String, Int>(), found.filterValues { it > A_SCREENS_BUTTONS })
        assertTrue("$found", found.values.any { it > 0 })
    }

    @Test
    fun buttonsThatAreReportedOneByOneAreCounted() {
        val found = reports(TapGate({ CountedGuard(calls) }, { 0 }, atNextFrame = { it() }))
        assertTrue("$found", found.getValue("help") > A_SCREENS_BUTTONS)
    }

    /** The number of reports for each screen. */
    private fun reports(taps: TapGate) = screens.mapValues { (_, screen) ->
        bench.show { }
        calls.within { show { CompositionLocalProvider(LocalTapGate provides taps) { screen() } } }
            .count { it == CountedGuard.REPORT }
    }

    @Test
    fun aKeystrokeIsOneCall() {
        val typed = mapOf(
            "services" to "search",
            "sign-in" to "ppr",
            "password-request" to "cin",
            "request-form" to "cin",
            "new-password" to "new"
        )
        val found = typed.mapValues { (screen, field) ->
            val root = show(screens.getValue(screen))
            root.type(field, "a")
            calls.within { root.type(field, "ab") }
        }
        assertEquals(emptyMap<String, List<String>>(), found.filterValues { it.size != A_KEYSTROKE })
    }

    private val screens: Map<String, @Composable () -> Unit> = mapOf(
        "sign-in" to { SignInRoute(state, {}) },
        "password-request" to { PasswordRequestRoute(state, {}) },
        "mail-sent" to { MailSentRoute(state, {}, {}) },
        "charter" to { CharterRoute(state) },
        "new-password" to { NewPasswordRoute(state) },
        "services" to { ServicesRoute(state, ServicesNavigation()) },
        "service" to { ServiceRoute(state, "hajj-grant", {}, {}) },
        "start" to { StartRequestRoute(state, "hajj-grant", StartRequestNavigation()) },
        "requests" to { RequestsRoute(state, RequestsNavigation()) },
        "request" to { RequestRoute(state, "1", {}) },
        "request-form" to { RequestFormRoute(state, "hajj-grant", {}, {}) },
        "sign-out" to { SignOutRoute(state, {}) },
        "profile" to { ProfileRoute(state, ProfileNavigation()) },
        "devices" to { DevicesRoute(state, {}) },
        "help" to { HelpRoute(state, HelpNavigation({}, {}, {}, {})) },
        "privacy" to { PrivacyRoute(state, {}) },
        "diagnostic" to { DiagnosticRoute(state, {}) }
    )

    private fun show(screen: @Composable () -> Unit): ViewRootForTest {
        val owner = TestOwner()
        val root = bench.show { InApp(state, owner, screen) }
        worker.settle(bench.activity.window.decorView)
        return root
    }

    private fun ViewRootForTest.type(field: String, text: String) {
        val node = unmerged().first { it.tag == field && it[SemanticsActions.SetText] != null }
        node[SemanticsActions.SetText]?.action?.invoke(AnnotatedString(text))
        bench.activity.window.decorView.settle()
        worker.settle(bench.activity.window.decorView)
    }

    private companion object {
        const val TO_DRAW = 2
        const val A_SCREENS_BUTTONS = 1
        const val A_KEYSTROKE = 1
    }
}
