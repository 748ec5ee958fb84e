package ma.fos.services.checks

import android.app.Application
import android.os.Handler
import android.os.Looper
import android.provider.Settings
import android.view.View
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.ui.semantics.SemanticsActions
import kotlinx.coroutines.CompletableDeferred
import ma.fos.core.Access
import ma.fos.core.Form
import ma.fos.core.Fos
import ma.fos.core.FosException
import ma.fos.core.NoHandle
import ma.fos.core.Requests
import ma.fos.core.SecretInput
import ma.fos.core.SubmitOutcome
import ma.fos.services.R
import ma.fos.services.composeRoot
import ma.fos.services.core.CoreState
import ma.fos.services.feature.access.SignInAgainRoute
import ma.fos.services.feature.requests.RequestFormRoute
import ma.fos.services.get
import ma.fos.services.navigation.BackStack
import ma.fos.services.navigation.BackStackContent
import ma.fos.services.navigation.Route
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** A form whose screen is left, turned or opened again while the portal has not answered. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class SubmittedTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val controller = Robolectric.buildActivity(ComponentActivity::class.java)
    private val core by lazy { SlowFos(openCore(folder.root)) }
    private val worker = TestWorker()
    private val state by lazy { CoreState(core, Handler(Looper.getMainLooper()), worker.dispatcher) }
    private val owner = TestOwner()

    @Test
    fun aRequestFormThatIsTurnedWhileItIsSentShowsItsOutcomeWithoutFetchingItAgain() {
        val outcomes = mutableListOf<SubmitOutcome>()
        val screen = @Composable { RequestFormRoute(state, "hajj-grant", {}, { outcomes += it }) }
        start(screen)
        tap("send")
        controller.recreate()
        show(screen)
        assertEquals("fetches", 1, core.fetches)
        assertTrue("another screen", shows("cin"))
        core.form.answer.complete(SubmitOutcome.Filed("1", "filed"))
        settle()
        assertEquals(listOf(SubmitOutcome.Filed("1", "filed")), outcomes)
    }

    @Test
    fun aRequestFormThatIsOpenedAgainIsFetchedAgain() {
        val page = Route.RequestForm("hajj-grant")
        val backStack = BackStack(mutableStateOf(listOf(page.key)))
        start { BackStackContent(backStack, root = {}) { RequestFormRoute(state, page.service, {}, {}) } }
        backStack.pop()
        settle()
        backStack.push(page)
        settle()
        assertEquals("fetches", 2, core.fetches)
    }

    @Test
    fun aSignInSheetThatWasPutAwayAndOpenedAgainClosesWhenTheSignInSucceeds() {
        state.askToSignIn()
        start {
            val app by state.state.collectAsState()
            if (app.isSignInOpen) SignInAgainRoute(state)
        }
        tap("sign-in")
        state.closeSignIn()
        settle()
        state.askToSignIn()
        settle()
        assertTrue("the sheet is open", shows("password"))
        core.form.answer.complete(SubmitOutcome.Done(null))
        settle()
        assertEquals("open", false, state.state.value.isSignInOpen)
    }

    private fun start(content: @Composable () -> Unit) {
        // A ring that turns would never let the main thread be idle.
        val settings = RuntimeEnvironment.getApplication().contentResolver
        Settings.Global.putFloat(settings, Settings.Global.ANIMATOR_DURATION_SCALE, 0f)
        controller.get().setTheme(R.style.Theme_Fos)
        controller.setup()
        show(content)
    }

    private fun show(content: @Composable () -> Unit) {
        controller.get().setContent {
            InApp(state, owner, content)
        }
        settle()
    }

    private val window: View get() = controller.get().window.decorView

    private fun settle() = worker.settle(window)

    private fun nodes() = checkNotNull(window.composeRoot()).unmerged()

    private fun shows(tag: String) = nodes().any { it.tag == tag }

    private fun tap(tag: String) {
        val node = nodes().first { it.tag == tag && it[SemanticsActions.OnClick] != null }
        node[SemanticsActions.OnClick]?.action?.invoke()
        settle()
    }

    /** A core whose forms wait for the test to answer, and whose request form is fetched once only. */
    private class SlowFos(private val real: Fos) : CountedFos(real, Calls()) {
        lateinit var form: SlowForm
        var fetches = 0

        override fun requests(): Requests = object : Requests(NoHandle) {
            override suspend fun form(service: String): Form {
                if (++fetches > 1) throw FosException.Offline("offline")
                return SlowForm(real.access().passwordRequest()).also { form = it }
            }
        }

        override fun access(): Access = object : CountedAccess(real.access(), Calls()) {
            override fun signInAgain(): Form = SlowForm(real.access().signInAgain()).also { form = it }
        }
    }

    private class SlowForm(real: Form) : CountedForm(real, Calls()) {
        val answer = CompletableDeferred<SubmitOutcome>()

        override suspend fun submit(secrets: List<SecretInput>) = answer.await()
    }
}
