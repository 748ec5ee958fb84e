package ma.fos.services.checks

import android.app.Application
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.rememberTextFieldState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.input.TextFieldValue
import ma.fos.services.core.CoreState
import ma.fos.services.feature.access.NewPasswordRoute
import ma.fos.services.feature.access.PasswordRequestRoute
import ma.fos.services.feature.access.SignInRoute
import ma.fos.services.feature.requests.RequestFormRoute
import ma.fos.services.get
import ma.fos.services.preview.NamedStates
import ma.fos.services.settle
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** The system keeps what a screen saves outside the app's encryption: no value of a field is among it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class SavedStateTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val bench = Bench()

    @Test
    fun noStateOfAScreenSavesAValueOfAField() {
        val states = NamedStates.arabic
        val seen = mutableSetOf<String>()
        val found = states.all.flatMap { state ->
            val saved = SavedState()
            val root = bench.show { states.Environment(false) { saved.Provide(state.content) } }
            val values = root.values() + setOf(PPR, CIN, MAIL)
            seen += values
            saved.texts().leaked(values).map { "${state.name}: $it" }
        }
        assertEquals(emptyList<String>(), found)
        assertTrue("too few values were looked for: $seen", seen.size > FEW)
    }

    @Test
    fun whatIsTypedIsNotSaved() {
        val core = CountedFos(openCore(folder.root), Calls())
        val worker = TestWorker()
        val state = CoreState(core, Handler(Looper.getMainLooper()), worker.dispatcher)
        val screens: Map<String, @Composable () -> Unit> = mapOf(
            "sign-in" to { SignInRoute(state, {}) },
            "password-request" to { PasswordRequestRoute(state, {}) },
            "new-password" to { NewPasswordRoute(state) },
            "request-form" to { RequestFormRoute(state, "hajj-grant", {}, {}) }
        )
        for ((name, screen) in screens) {
            val saved = SavedState()
            val owner = TestOwner()
            val root = bench.show { saved.Provide { InApp(state, owner, screen) } }
            worker.settle(bench.activity.window.decorView)
            val fields = root.unmerged().filter { it[SemanticsActions.SetText] != null }
            assertTrue("$name has no field", fields.isNotEmpty())
            for (field in fields) field[SemanticsActions.SetText]?.action?.invoke(AnnotatedString(TYPED))
            bench.activity.window.decorView.settle()
            assertEquals(name, emptyList<String>(), saved.texts().leaked(setOf(TYPED)))
        }
    }

    @Test
    fun aValueThatIsSavedIsFoundWhateverItsTypeIs() {
        // The types are named: a lambda that ends in `rememberSaveable { … }` would have it save `Unit`.
        val planted: Map<String, @Composable () -> Unit> = mapOf(
            "text field" to { rememberTextFieldState(TYPED) },
            "text field with a saver" to { rememberSaveable(saver = TextFieldState.Saver) { TextFieldState(TYPED) } },
            "text field value" to {
                rememberSaveable(stateSaver = TextFieldValue.Saver) { mutableStateOf(TextFieldValue(TYPED)) }
            },
            "text" to { rememberSaveable<String> { TYPED } },
            "state" to { rememberSaveable<MutableState<String>> { mutableStateOf(TYPED) } },
            "list" to { rememberSaveable<MutableState<List<String>>> { mutableStateOf(listOf(TYPED)) } },
            "map" to { rememberSaveable<Map<String, List<String>>> { mapOf("cin" to arrayListOf(TYPED)) } },
            "bundle" to { rememberSaveable<Bundle> { Bundle().apply { putString("cin", TYPED) } } },
            "screen that was left" to {
                val saved = rememberSaveableStateHolder()
                saved.SaveableStateProvider("page") { rememberSaveable<String> { TYPED } }
            }
        )
        val missed = planted.filter { (_, content) ->
            val saved = SavedState()
            Bench().show { saved.Provide(content) }
            saved.texts().leaked(setOf(TYPED)).isEmpty()
        }
        assertEquals(emptySet<String>(), missed.keys)
    }

    /** Text of every field that shows. */
    private fun ViewRootForTest.values(): Set<String> = unmerged()
        .mapNotNull { it[SemanticsProperties.InputText] ?: it[SemanticsProperties.EditableText] }
        .map { it.text }
        .filter { it.length >= SHORTEST }
        .toSet()

    private fun List<String>.leaked(values: Set<String>) = filter { text -> values.any { it in text } }

    private companion object {
        const val TYPED = "XY987654"
        const val SHORTEST = 3
        const val FEW = 5
    }
}
