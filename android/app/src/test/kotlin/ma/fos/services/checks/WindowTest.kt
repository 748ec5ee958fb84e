package ma.fos.services.checks

import android.app.Application
import android.app.LocaleManager
import android.os.LocaleList
import android.os.SystemClock
import android.text.Spanned
import android.text.style.LocaleSpan
import android.view.MotionEvent
import android.view.View
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.BackEventCompat
import androidx.activity.ComponentActivity
import androidx.compose.foundation.layout.height
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import java.time.Duration
import ma.fos.core.FosException
import ma.fos.core.Language
import ma.fos.services.SystemLanguage
import ma.fos.services.composeRoot
import ma.fos.services.core.text
import ma.fos.services.layout
import ma.fos.services.preview.NamedStates
import ma.fos.services.settle
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.PredictiveBack
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Sheet
import ma.fos.services.ui.components.Text
import ma.fos.services.unmerged
import ma.fos.services.words
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Requests of the app to the system around it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class WindowTest {
    /** While one form fades into the next both are there: the first to go must not lift the curtain from the other. */
    @Test
    fun noPictureIsTakenAsLongAsAnyFormShowsASecret() {
        var forms by mutableStateOf(2)
        val bench = Bench()
        bench.show { repeat(forms) { SecureScreen() } }
        assertTrue("two forms", bench.secure)
        forms = 1
        bench.settle()
        assertTrue("one form is left", bench.secure)
        forms = 0
        bench.settle()
        assertFalse("no form is left", bench.secure)
    }

    @Test
    fun noPictureIsTakenOfAMembersIdentifiersAndAnswers() {
        val screens = listOf("sign-in", "mail-sent", "profile", "request-form", "request-filed", "queued-request")
        val empty = setOf("request-form-failed", "request-form-loading")
        val states = NamedStates.french.all.filter { state ->
            state.name !in empty && screens.any { state.name.startsWith(it) }
        }
        assertTrue("states of every screen", screens.all { name -> states.any { it.name.startsWith(name) } })
        val open = states.filterNot { state ->
            val bench = Bench()
            bench.show(state.after) { NamedStates.french.Environment(false, state.content) }
            bench.secure
        }
        assertEquals(emptyList<String>(), open.map { it.name })
    }

    @Test
    fun aFingerThatTurnsRoundOnTheWayBackLeavesThePageWhereItWas() {
        var left = 0
        val bench = Bench()
        bench.show { PredictiveBack(onBack = { left++ }) { Text("الخدمات") } }
        val back = bench.activity.onBackPressedDispatcher
        back.dispatchOnBackStarted(finger(0.1f))
        back.dispatchOnBackProgressed(finger(0.6f))
        bench.settle()
        back.dispatchOnBackCancelled()
        bench.settle()
        assertEquals(0, left)
        back.onBackPressed()
        bench.settle()
        assertEquals(1, left)
    }

    @Test
    fun aSheetThatIsPulledDownByItsHandleCloses() {
        var closed = 0
        val bench = Bench()
        bench.show { Sheet("profile", "حسابي", onClose = { closed++ }) { Text("الخدمات", Modifier.height(400.dp)) } }
        val top = checkNotNull(bench.activity.window.decorView.composeRoot()).unmerged()
            .first { "الخدمات" in it.words() }.boundsInWindow.top
        bench.pull(from = top - HANDLE, by = HANDLE)
        assertEquals("a short pull", 0, closed)
        bench.pull(from = top - HANDLE, by = 20 * HANDLE)
        assertEquals("a long one", 1, closed)
    }

    @Test
    fun aShortWaitShowsNothingAndALongOneDoes() {
        val bench = Bench()
        val shown = { after: Long ->
            val root = bench.show(Duration.ofMillis(after)) { AfterDelay { Text("جارٍ التحميل") } }
            root.unmerged().any { it.layout() != null }
        }
        assertFalse("after 150 ms", shown(150))
        assertTrue("after 400 ms", shown(400))
    }

    @Test
    fun aScreenReaderIsToldTheLanguageOfTheWords() {
        val root = Bench().show { NamedStates.french.Environment(false) { Text("Services") } }
        val node = root.unmerged().first { it.layout() != null }
        root.forceAccessibilityForTesting(true)
        val text = (root as View).accessibilityNodeProvider.createAccessibilityNodeInfo(node.id)?.text as Spanned
        root.forceAccessibilityForTesting(false)
        val spans = text.getSpans(0, text.length, LocaleSpan::class.java)
        assertEquals(listOf("fr-MA"), spans.map { it.locales.toLanguageTags() })
    }

    @Test
    fun theLanguageChosenInTheAppIsTheSystemsToo() {
        val phone = PhoneSettings()
        phone.language.onLanguage(Language.FR)
        assertEquals("fr-MA", phone.chosen)
        phone.language.onLanguage(Language.AR)
        assertEquals("ar-MA", phone.chosen)
        assertEquals(emptyList<Language>(), phone.spoken)
    }

    @Test
    fun theLanguageChosenInTheSystemsSettingsIsTheAppsToo() {
        val phone = PhoneSettings()
        phone.chosen = "fr"
        phone.language.onLanguage(Language.AR)
        assertEquals("while the app was away", listOf(Language.FR), phone.spoken)
        phone.language.onLanguage(Language.FR)
        phone.chosen = "ar-MA"
        phone.language.follow(Language.FR)
        assertEquals("while it runs", listOf(Language.FR, Language.AR), phone.spoken)
    }

    @Test
    fun everyErrorSaysWhatToDo() {
        val errors = listOf(FosException.Offline("a"), FosException.TryLater("a", 1u), FosException.Bug("a", "b"))
        assertEquals(listOf("a", "a", "a"), errors.map { it.text })
    }

    /** A finger goes down this way, slowly. */
    private fun Bench.pull(from: Float, by: Float) {
        val view = activity.window.decorView
        val start = SystemClock.uptimeMillis()
        val touch = { action: Int, step: Int ->
            val event = MotionEvent.obtain(
                start,
                start + step * STEP,
                action,
                view.width / 2f,
                from + by * step / STEPS,
                0
            )
            view.dispatchTouchEvent(event)
            event.recycle()
        }
        touch(MotionEvent.ACTION_DOWN, 0)
        for (step in 1..STEPS) touch(MotionEvent.ACTION_MOVE, step)
        touch(MotionEvent.ACTION_UP, STEPS)
        settle()
    }

    private companion object {
        const val HANDLE = 25f
        const val STEPS = 20
        const val STEP = 100L
    }

    private fun finger(progress: Float) = BackEventCompat(0f, 0f, progress, BackEventCompat.EDGE_LEFT)

    private val Bench.secure get() = activity.window.attributes.flags and FLAG_SECURE != 0

    private fun Bench.settle() = activity.window.decorView.settle()

    /** The system's language settings for this app. */
    private class PhoneSettings {
        private val activity = Robolectric.buildActivity(ComponentActivity::class.java).get()
        private val manager = activity.getSystemService(LocaleManager::class.java)
        val spoken = mutableListOf<Language>()
        val language = SystemLanguage(activity) { spoken += it }
        var chosen: String
            get() = manager.applicationLocales.toLanguageTags()
            set(tags) {
                manager.applicationLocales = LocaleList.forLanguageTags(tags)
            }
    }
}
