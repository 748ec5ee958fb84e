package ma.fos.services.checks

import android.app.Application
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsProperties
import ma.fos.core.Language
import ma.fos.services.face.Hands
import ma.fos.services.get
import ma.fos.services.settle
import ma.fos.services.states.Mock
import ma.fos.services.states.allStates
import ma.fos.services.tag
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Who goes by a keyboard. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], qualifiers = "fr-rFR-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class KeysTest {
    private val bench = Bench()
    private val hands = Hands { bench.activity }

    @Test
    fun theLastReadOnLeavesTheKeysOnTheTextAndNotOnWhateverComesFirst() {
        val mock = Mock(Language.FR)
        val state = allStates(mock).first { it.name == "charter-reading" }
        val root = bench.show { mock.Around(false, state.content) }
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

    private fun press(name: String) {
        hands.key(name, shift = false)
        bench.activity.window.decorView.settle()
    }

    private fun ViewRootForTest.focused() =
        unmerged().firstOrNull { it[SemanticsProperties.Focused] == true && it.tag != null }?.tag
}

private const val MOST = 20
