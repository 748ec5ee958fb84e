package ma.fos.services.checks

import android.app.Application
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Handler
import android.os.Looper
import androidx.activity.ComponentActivity
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.ui.semantics.SemanticsActions
import androidx.core.content.pm.ShortcutManagerCompat
import androidx.core.net.toUri
import androidx.lifecycle.SavedStateHandle
import ma.fos.core.Change
import ma.fos.core.Fos
import ma.fos.core.Language
import ma.fos.core.Stage
import ma.fos.services.MainActivity
import ma.fos.services.composeRoot
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreState
import ma.fos.services.core.appConfig
import ma.fos.services.get
import ma.fos.services.navigation.AppContent
import ma.fos.services.navigation.publishShortcuts
import ma.fos.services.preview.NamedStates
import ma.fos.services.tag
import ma.fos.services.ui.components.LocalViewModelStoreOwner
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Links to pages of the app, and the launcher's shortcuts, which are links too. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class LinksTest {
    @get:Rule
    val folder = TemporaryFolder()

    // A window that is never drawn would hold up the next one.
    private val bench by lazy { Bench() }
    private val system = Robolectric.buildActivity(ComponentActivity::class.java).get()
    private val worker = TestWorker()
    private val core by lazy { StagedFos(openCore(folder.root)) }
    private val state by lazy { CoreState(core, Handler(Looper.getMainLooper()), worker.dispatcher) }

    @Test
    fun aLinkWaitsUntilTheMemberIsSignedIn() {
        val app = AppViewModel()
        app.follow("$PORTAL/service/hajj-grant")
        show(app)
        assertEquals("sign-in", screen())
        signIn()
        assertEquals("service", screen())
        back()
        assertEquals("services", screen())
        assertNull("the link was followed once", app.link.value)
    }

    @Test
    fun aLinkReplacesThePagesOfASignedInMember() {
        val app = AppViewModel()
        core.current = Stage.SPACE
        show(app)
        assertEquals("services", screen())
        app.follow("$PORTAL/service/hajj-grant")
        settle()
        assertEquals("service", screen())
        app.follow("$PORTAL/request/1")
        settle()
        assertEquals("request", screen())
        back()
        assertEquals("requests", screen())
        app.follow("$PORTAL/services")
        settle()
        assertEquals("services", screen())
    }

    @Test
    fun aLinkOfAnotherHostOpensNothing() {
        val app = AppViewModel()
        core.current = Stage.SPACE
        app.follow("https://portal.fos.test.example/requests")
        show(app)
        assertEquals("services", screen())
        assertNull(app.link.value)
    }

    @Test
    fun aLinkThatWaitsIsRestoredWithAKilledApp() {
        val saved = SavedStateHandle()
        AppViewModel(saved).follow("$PORTAL/requests")
        show(AppViewModel(SavedStateHandle(saved.keys().associateWith { saved.get<Any>(it) })))
        assertEquals("sign-in", screen())
        signIn()
        assertEquals("requests", screen())
    }

    @Test
    fun aLinkClosesHelpWhichLiesOverItsPage() {
        val app = AppViewModel()
        show(app)
        press("help")
        assertEquals("help", screen())
        app.follow("$PORTAL/request/1")
        settle()
        assertEquals("signed out, the link waits", "help", screen())
        signIn()
        assertEquals("request", screen())
    }

    @Test
    fun aLinkUnderTheSheetThatSignsInLeavesBackToTheSheet() {
        val app = AppViewModel()
        core.current = Stage.SPACE
        show(app)
        state.askToSignIn()
        settle()
        app.follow("$PORTAL/request/1")
        settle()
        back()
        assertEquals(false, state.state.value.isSignInOpen)
        assertEquals("the page is still there", "request", screen())
        back()
        assertEquals("requests", screen())
    }

    /** The process was killed before the screens of the member who left could clear what they had saved. */
    @Test
    fun thePagesOfAMemberWhoLeftAreNotRestoredForTheNext() {
        val app = AppViewModel()
        val saved = SaveableStateRegistry(restoredValues = null, canBeSaved = { true })
        core.current = Stage.SPACE
        app.follow("$PORTAL/service/hajj-grant")
        show(app, saved)
        assertEquals("service", screen())
        val restored = saved.performSave()
        bench.show { }
        core.current = Stage.WELCOME
        state.onChange(Change.STAGE)
        show(AppViewModel(), SaveableStateRegistry(restored, canBeSaved = { true }))
        assertEquals("sign-in", screen())
        signIn()
        assertEquals("services", screen())
    }

    @Test
    fun theSystemHandsThePagesOfThePortalToTheApp() {
        val portal = system.appConfig().config.portal
        for (page in listOf("services", "service/hajj-grant", "requests", "request/1")) {
            assertEquals(page, MainActivity::class.java.name, handler("$portal/$page"))
        }
        for (other in listOf("$portal/v1/services", "https://other.test/services", "http://portal.fos.test/services")) {
            assertNull(other, handler(other))
        }
    }

    @Test
    fun theShortcutsAreLinksInTheAppsLanguage() {
        system.publishShortcuts(NamedStates.french.phrases)
        val shortcuts = ShortcutManagerCompat.getDynamicShortcuts(system)
        assertEquals(
            mapOf("Services" to "$PORTAL/services", "Demandes" to "$PORTAL/requests"),
            shortcuts.associate { it.shortLabel.toString() to it.intent.dataString }
        )
        system.publishShortcuts(NamedStates.arabic.phrases)
        val labels = ShortcutManagerCompat.getDynamicShortcuts(system).map { it.shortLabel.toString() }
        assertEquals(setOf("الخدمات", "طلباتي"), labels.toSet())
    }

    private fun handler(address: String): String? {
        val link = Intent(Intent.ACTION_VIEW, address.toUri()).addCategory(Intent.CATEGORY_BROWSABLE)
            .setPackage(system.packageName)
        val found = system.packageManager.resolveActivity(link, PackageManager.MATCH_DEFAULT_ONLY)
        return found?.activityInfo?.name
    }

    private fun show(
        app: AppViewModel,
        saved: SaveableStateRegistry = SaveableStateRegistry(restoredValues = null, canBeSaved = { true })
    ) {
        val owner = TestOwner()
        state
        core.hasTold.await()
        bench.show {
            CompositionLocalProvider(
                LocalViewModelStoreOwner provides owner,
                LocalSaveableStateRegistry provides saved
            ) { AppContent(state, app) }
        }
        settle()
    }

    private fun press(tag: String) {
        val nodes = checkNotNull(bench.activity.window.decorView.composeRoot()).unmerged()
        nodes.first {
            it.tag == tag && it[SemanticsActions.OnClick] != null
        }[SemanticsActions.OnClick]?.action?.invoke()
        settle()
    }

    private fun signIn() {
        core.current = Stage.SPACE
        state.onChange(Change.STAGE)
        settle()
    }

    private fun back() {
        bench.activity.onBackPressedDispatcher.onBackPressed()
        settle()
    }

    private fun settle() = worker.settle(bench.activity.window.decorView)

    private fun screen(): String? {
        val tags = checkNotNull(bench.activity.window.decorView.composeRoot()).unmerged().mapNotNull { it.tag }
        return tags.lastOrNull { it in setOf("sign-in", "services", "service", "requests", "request", "help") }
    }

    /** A core whose stage the test decides. */
    private class StagedFos(private val real: Fos) : CountedFos(real, Calls()) {
        var current = Stage.WELCOME

        override fun stage() = current

        override fun deepLink(url: String) = real.deepLink(url)
    }

    private companion object {
        const val PORTAL = "https://portal.fos.test"
    }
}
