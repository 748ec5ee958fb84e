package ma.fos.services.checks

import android.app.Application
import android.content.res.Configuration
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import ma.fos.core.FfiConverterTypeFormView
import ma.fos.core.FfiConverterTypeWelcomeView
import ma.fos.core.FieldView
import ma.fos.core.FormView
import ma.fos.services.face.Hands
import ma.fos.services.feature.access.SignInNavigation
import ma.fos.services.feature.access.SignInScreen
import ma.fos.services.get
import ma.fos.services.merged
import ma.fos.services.preview.NamedStates
import ma.fos.services.preview.NoFormEvents
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.ui.forms.FocusRequest
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.FormScreen
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.Secrets
import ma.fos.services.unmerged
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Problems of a form: the way to them, the focus, and the page under the finger while they come and go. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "fr-rFR-w360dp-h500dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class ProblemsTest {
    private val bench = Bench()
    private val hands = Hands { bench.activity }
    private val states = NamedStates.french

    /** A cursor that goes on blinking would hold up whatever is drawn next. */
    @After
    fun clear() {
        bench.show { }
    }

    @Test
    fun aRefusedPasswordIsEmptiedAndHasTheFocusAndItsFirstKeyIsToldWithoutIt() {
        val state = states["sign-in-filled"]
        val welcome = checkNotNull(state.view(FfiConverterTypeWelcomeView, 1))
        val form = TestForm(view("sign-in-filled"))
        val secrets = state.secrets()
        val root = bench.show {
            states.Environment(false) { SignInScreen(form.state, welcome, secrets, form, SignInNavigation()) }
        }
        bench.takeKeys()
        form.change("password") { it.copy(discarded = it.discarded + 1u) }
        settle()
        assertEquals("text", "", secrets.typed("password"))
        assertEquals("focus", "password", root.focused())
        assertEquals("set calls after the core has emptied the field", emptyList<String>(), form.inputs("password"))
        hands.commit("a")
        settle()
        assertEquals("text", "a", secrets.typed("password"))
        assertEquals("set calls", listOf(""), form.inputs("password"))
    }

    @Test
    fun theLinkOfAProblemLeadsToItsField() {
        val form = TestForm(view("request-form-problems"))
        val root = show(form)
        bench.takeKeys()
        root.node("problem:phone")[SemanticsActions.OnClick]?.action?.invoke()
        settle()
        assertEquals("phone", root.focused())
    }

    @Test
    fun aBoxThatIsTickedStaysUnderTheFinger() {
        val form = TestForm(view("request-form-problems"))
        val root = show(form)
        val middle = bench.activity.window.decorView.height / 2f
        root.scrollBy(root.node("first-time").positionInWindow.y - middle)
        val top = root.node("first-time").positionInWindow.y
        assertEquals("in the middle of the page", middle, top, PIXEL)
        form.onSet = { key, input -> if (key == "first-time" && input == "true") form.correct(key) }
        root.node("first-time").tap()
        assertTrue("the summary is shorter", root.merged().none { it.tag == "problem:first-time" })
        assertEquals("place of the box", top, root.node("first-time").positionInWindow.y, PIXEL)
    }

    @Test
    fun theSummaryIsInSightOnceThePhoneIsTurned() {
        val form = TestForm(view("request-form-problems"))
        var width = UPRIGHT
        var registry = SaveableStateRegistry(null) { true }
        // One and the same content: what is saved is found again by its place in it.
        val content = @Composable { Turned(width, registry) { Screen(form) } }
        val root = bench.show(content = content)
        root.scrollBy(FAR)
        assertFalse("the summary is scrolled away", root.isInSight("problem:rib"))
        val saved = registry.performSave()
        bench.show { }
        width = ON_ITS_SIDE
        registry = SaveableStateRegistry(saved) { true }
        val turned = bench.show(content = content)
        settle()
        assertTrue("the summary is in sight", turned.isInSight("problem:rib"))
    }

    /** [content] in a window of this [width], with what [registry] holds of it. */
    @Composable
    private fun Turned(width: Int, registry: SaveableStateRegistry, content: @Composable () -> Unit) =
        states.Environment(false) {
            CompositionLocalProvider(
                LocalConfiguration provides Configuration(LocalConfiguration.current).apply { screenWidthDp = width },
                LocalSaveableStateRegistry provides registry,
                content = content
            )
        }

    private fun show(form: TestForm) = bench.show { states.Environment(false) { Screen(form) } }

    @Composable
    private fun Screen(form: TestForm) = FormScreen(form.state, Secrets(), form, isRequest = true)

    private fun view(name: String): FormView = checkNotNull(states[name].view(FfiConverterTypeFormView))

    private fun settle() = repeat(2) { bench.activity.window.decorView.settle() }

    private fun SemanticsNode.tap() {
        val (x, y) = boundsInWindow.center
        for (phase in listOf("down", "up")) {
            hands.point(phase, x, y)
            settle()
        }
    }

    private fun ViewRootForTest.scrollBy(pixels: Float) {
        val page = unmerged().first { it[SemanticsProperties.VerticalScrollAxisRange] != null }
        page[SemanticsActions.ScrollBy]?.action?.invoke(0f, pixels)
        settle()
    }

    private fun ViewRootForTest.node(tag: String) = merged().first { it.tag == tag }

    private fun ViewRootForTest.isInSight(tag: String) = !node(tag).boundsInWindow.isEmpty

    private fun ViewRootForTest.focused() =
        unmerged().firstOrNull { it[SemanticsProperties.Focused] == true && it.tag != null }?.tag

    /** A form that the test changes in the place of the core; it records the calls of `set`. */
    private class TestForm(view: FormView) : FormEvents by NoFormEvents {
        var state by mutableStateOf(FormUiState(view))
        var onSet: (String, String) -> Unit = { _, _ -> }
        private val inputs = mutableListOf<Pair<String, String>>()

        override fun set(key: String, input: String): String {
            inputs += key to input
            onSet(key, input)
            return input
        }

        override fun openField(key: String) {
            state = state.copy(focus = FocusRequest(key))
        }

        /** Returns the inputs set for the field [key], in order. */
        fun inputs(key: String) = inputs.filter { it.first == key }.map { it.second }

        /** Changes the view of the field [key]. */
        fun change(key: String, change: (FieldView) -> FieldView) {
            val fields = state.form.fields.map { if (it.key == key) change(it) else it }
            state = state.copy(form = state.form.copy(fields = fields))
        }

        /** Removes the problem of the field [key], and its link. */
        fun correct(key: String) {
            change(key) { it.copy(problem = null) }
            val summary = checkNotNull(state.form.summary)
            val problems = summary.problems.filter { it.field != key }
            state = state.copy(form = state.form.copy(summary = summary.copy(problems = problems)))
        }
    }

    private companion object {
        const val UPRIGHT = 360
        const val ON_ITS_SIDE = 740

        /** Further than the page is long, in px. */
        const val FAR = 10_000f
        const val PIXEL = 2f
    }
}
