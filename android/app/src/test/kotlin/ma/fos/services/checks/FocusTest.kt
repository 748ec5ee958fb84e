package ma.fos.services.checks

import android.app.Application
import android.graphics.Bitmap
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.unit.toSize
import ma.fos.services.face.Hands
import ma.fos.services.get
import ma.fos.services.preview.NamedStates
import ma.fos.services.reachable
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.ui.components.FocusOverTurnEffect
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Focus of the keys: always seen, on everything, and kept. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "fr-rFR-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class FocusTest {
    private val bench = Bench()
    private val hands = Hands { bench.activity }

    @Test
    fun everyControlHasARingInTheLight() = look(
        NamedStates.french,
        dark = false,
        "sign-in-filled",
        "charter-reading",
        "services-list",
        "services-problem",
        "service-open",
        "start-erasing",
        "request-form-first-part",
        "request-form-wishes",
        "request-form-places",
        "request-form-declaration",
        "profile",
        "help"
    )

    @Test
    fun everyControlHasARingInTheDark() =
        look(NamedStates.arabic, dark = true, "sign-in-filled", "services-list", "request-form-lines", "profile")

    @Test
    fun theFocusStaysOverATurn() {
        val before = SaveableStateRegistry(null) { true }
        val root = bench.show { Form(before) }
        bench.takeKeys()
        repeat(MOST) { if (root.focused()?.tag != "email") press() }
        assertEquals("email", root.focused()?.tag)
        val saved = before.performSave()
        bench.show { }
        val after = bench.show { Form(SaveableStateRegistry(saved) { true }) }
        assertEquals("email", after.focused()?.tag)
    }

    @Composable
    private fun Form(registry: SaveableStateRegistry) = NamedStates.french.Environment(false) {
        CompositionLocalProvider(LocalSaveableStateRegistry provides registry) {
            NamedStates.french["password-request-active"].content()
            FocusOverTurnEffect()
        }
    }

    private fun look(states: NamedStates, dark: Boolean, vararg names: String) {
        val faults = names.flatMap { name ->
            val root = bench.show { states.Environment(dark, states[name].content) }
            bench.takeKeys()
            root.walk().map { "$name: $it" }
        }
        assertEquals("", faults.joinToString("\n"))
    }

    /** Goes through the screen by Tab and back to its first control; lists what has no ring, lies under a sheet, or is left out. */
    private fun ViewRootForTest.walk(): List<String> {
        val faults = mutableListOf<String>()
        val seen = mutableSetOf<Int>()
        press()
        var picture = bench.draw()
        while (seen.size < MOST) {
            val node = focused()
            if (node == null) {
                press()
                picture = bench.draw()
                focused() ?: return faults + "no control has the focus"
                continue
            }
            if (!seen.add(node.id)) break
            val place = node.place
            if (reachable().none { it.id == node.id }) faults += "${node.name} lies under a sheet"
            press()
            val next = bench.draw()
            val moved = unmerged().firstOrNull { it.id == node.id }?.place?.top?.minus(place.top)
            val isField = node[SemanticsProperties.EditableText] != null && node.tag != "search"
            if (!isField && moved != null) {
                val share = ringed(picture, next, place, moved.toInt())
                if (share < LEAST) faults += "${node.name} has a ring of $share dp"
            }
            picture = next
        }
        val missed = reachable().filter { SemanticsActions.RequestFocus in it.config && it.id !in seen && !it.isGround }
        return faults + missed.filter { !it.boundsInWindow.isEmpty }.map { "${it.name} is not reached by Tab" }
    }

    /** The area that stands out from what it was by 3 : 1 (WCAG 2.2, 2.4.13), in dp around [place], which has [moved] since. */
    private fun ringed(focused: Bitmap, other: Bitmap, place: Rect, moved: Int): Float {
        val outer = place.inflate(REACH)
        val inner = place.deflate(REACH * 2)
        var changed = 0
        for (y in outer.top.toInt()..outer.bottom.toInt()) {
            for (x in outer.left.toInt()..outer.right.toInt()) {
                val isEdge = y < inner.top || y > inner.bottom || x < inner.left || x > inner.right
                if (!isEdge || !focused.holds(x, y) || !other.holds(x, y + moved)) continue
                val one = focused.getPixel(x, y)
                val two = other.getPixel(x, y + moved)
                if (one != two && contrast(Color(one), Color(two)) >= CONTRAST) changed++
            }
        }
        return changed / (place.width + place.height) / 2 / DENSITY
    }

    private fun Bitmap.holds(x: Int, y: Int) = x in 0 until width && y in 0 until height

    private fun press() {
        hands.key("Tab", shift = false)
        bench.activity.window.decorView.settle()
    }

    private fun ViewRootForTest.focused() = unmerged().firstOrNull { it[SemanticsProperties.Focused] == true }

    private val SemanticsNode.place get() = Rect(positionInWindow, size.toSize())

    private val SemanticsNode.isGround get() = tag == "scrim"

    private val SemanticsNode.name get() = tag ?: "node $id of ${size.width}×${size.height} px"

    private companion object {
        const val MOST = 80
        const val DENSITY = 2f

        /** A ring of 3 dp, less what its round corners, an edge of the page or the next control's ring take of it. */
        const val LEAST = 1.4f
        const val CONTRAST = 3f
        const val REACH = 14f
    }
}
