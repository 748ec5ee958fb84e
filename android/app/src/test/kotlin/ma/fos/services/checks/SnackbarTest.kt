package ma.fos.services.checks

import android.app.Application
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import ma.fos.services.get
import ma.fos.services.merged
import ma.fos.services.preview.NamedStates
import ma.fos.services.tag
import ma.fos.services.ui.components.LocalSnackbarMessage
import ma.fos.services.ui.components.SnackbarMessage
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Confirmation of an action: it covers nothing that can be touched, and ends with its screen. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "fr-rFR-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class SnackbarTest {
    private val bench = Bench()
    private val states = NamedStates.french

    @Test
    fun aSnackbarLiesOverNoFieldAndNoButton() {
        var seen = 0
        val found = states.all.flatMap { state ->
            val root = bench.show(state.after) { Said(message(), state.content) }
            val snackbar = root.merged().firstOrNull { it.tag == "snackbar" }?.boundsInWindow
                ?.takeUnless { it.isEmpty } ?: return@flatMap emptyList()
            seen++
            root.merged().filter { it.isTouchable && it.boundsInWindow.overlaps(snackbar) }
                .map { "${state.name}: over ${it.tag}" }
        }
        assertEquals(emptyList<String>(), found)
        assertTrue("a snackbar on $seen screens", seen > MANY)
    }

    @Test
    fun aSnackbarEndsWhenItsScreenIsLeft() {
        val message = message()
        val state = states["services-list"]
        val root = bench.show { Said(message, state.content) }
        assertTrue("shown", root.merged().any { it.tag == "snackbar" && it.size.height > 0 })
        bench.show { }
        assertEquals(null, message.text)
    }

    private fun message() = SnackbarMessage().apply { text = "Le mot de passe est changé." }

    /** The scrim fills the window below a sheet. */
    private val SemanticsNode.isTouchable
        get() = tag != "snackbar" && tag != "scrim" &&
            (this[SemanticsActions.OnClick] != null || this[SemanticsActions.SetText] != null)

    @Composable
    private fun Said(message: SnackbarMessage, content: @Composable () -> Unit) =
        CompositionLocalProvider(LocalSnackbarMessage provides message) { states.Environment(false, content) }

    private companion object {
        const val MANY = 60
    }
}
