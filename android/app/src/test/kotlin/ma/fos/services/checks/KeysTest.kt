package ma.fos.services.checks

import android.app.Application
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.SemanticsProperties
import ma.fos.core.FfiConverterTypeFormView
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.services.composeRoot
import ma.fos.services.face.Hands
import ma.fos.services.get
import ma.fos.services.preview.NamedStates
import ma.fos.services.preview.NoFormEvents
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.TextInputField
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Use of the app by a keyboard. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "fr-rFR-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class KeysTest {
    private val bench = Bench()
    private val hands = Hands { bench.activity }

    @Test
    fun theLastReadOnLeavesTheKeysOnTheTextAndNotOnWhateverComesFirst() {
        val states = NamedStates.french
        val state = states["charter-reading"]
        val root = bench.show { states.Environment(false, state.content) }
        bench.takeKeys()
        repeat(MOST) { if (root.focused() != "read-on") press("Tab") }
        assertEquals("read-on", root.focused())
        repeat(MOST) { if (root.focused() == "read-on") press(" ") }
        assertTrue("the end was not reached", root.unmerged().any { it.tag == "accept" })
        assertEquals("nothing that does something when it is pressed", null, root.focused())
        assertTrue("the text", root.unmerged().any { it[SemanticsProperties.Focused] == true })
        press("Tab")
        assertTrue("${root.focused()} comes next", root.focused() in setOf("accept", "refuse"))
    }

    @Test
    fun enterMakesALineWhereSeveralAreWrittenAndSendsNothing() {
        val form = checkNotNull(NamedStates.french["request-form-lines"].view(FfiConverterTypeFormView))
        val lines = form.fields.first { it.kind == FieldKind.MULTILINE_TEXT }
        val written = type(lines.copy(value = ""), "Une")
        press("Enter")
        hands.commit("deux")
        bench.activity.window.decorView.settle()
        assertEquals(listOf("Une\ndeux"), written.takeLast(1))
        assertEquals("sent", emptyList<String>(), written.filter { it == SENT })
        // A cursor that goes on blinking would hold up whatever is drawn next.
        bench.show { }
    }

    @Test
    fun tabLeavesWhereSeveralLinesAreWritten() {
        val form = checkNotNull(NamedStates.french["request-form-lines"].view(FfiConverterTypeFormView))
        val lines = form.fields.first { it.kind == FieldKind.MULTILINE_TEXT }
        val written = type(lines.copy(value = ""), "Une") { TextActionButton("Déposer", {}, Modifier.testTag("next")) }
        press("Tab")
        assertEquals("next", checkNotNull(bench.activity.window.decorView.composeRoot()).focused())
        hands.key("Tab", shift = true)
        bench.activity.window.decorView.settle()
        assertEquals(lines.key, checkNotNull(bench.activity.window.decorView.composeRoot()).focused())
        assertEquals("no tab is written", emptyList<String>(), written.filter { '\t' in it })
        bench.show { }
    }

    /** The field alone, with the keys on it and this typed into it; answers what it tells the form. */
    private fun type(field: FieldView, text: String, after: @Composable () -> Unit = {}): List<String> {
        val received = mutableListOf<String>()
        val events = object : FormEvents by NoFormEvents {
            override fun set(key: String, input: String) = input.also(received::add)

            override fun submit() {
                received += SENT
            }
        }
        val root = bench.show {
            NamedStates.french.Environment(false) {
                Column {
                    TextInputField(field.copy(last = true), events)
                    after()
                }
            }
        }
        bench.takeKeys()
        repeat(MOST) { if (root.focused() != field.key) press("Tab") }
        hands.commit(text)
        bench.activity.window.decorView.settle()
        return received
    }

    private fun press(name: String) {
        hands.key(name, shift = false)
        bench.activity.window.decorView.settle()
    }

    private fun ViewRootForTest.focused() =
        unmerged().firstOrNull { it[SemanticsProperties.Focused] == true && it.tag != null }?.tag
}

private const val MOST = 20
private const val SENT = "sent"
