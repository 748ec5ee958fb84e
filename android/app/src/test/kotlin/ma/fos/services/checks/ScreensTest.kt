package ma.fos.services.checks

import android.app.Application
import androidx.compose.ui.unit.LayoutDirection
import androidx.core.graphics.Insets
import ma.fos.core.Language
import ma.fos.services.preview.NamedStates
import ma.fos.services.ui.components.locales
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Every named state of every screen, drawn and looked over. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class ScreensTest {
    @Test
    fun arabicInTheLight() = look(Language.AR, dark = false, scale = 1f)

    @Test
    fun frenchInTheDark() = look(Language.FR, dark = true, scale = 1f)

    @Test
    fun arabicAtTwiceTheSize() = look(Language.AR, dark = false, scale = 2f)

    @Test
    fun frenchAtTwiceTheSize() = look(Language.FR, dark = true, scale = 2f)

    @Test
    @Config(qualifiers = "+w740dp-h360dp-land")
    fun arabicOnItsSide() = look(Language.AR, dark = false, scale = 1f, "side")

    /** The smallest phone that still gets Android 8, in the hands of who has set the letters larger. */
    @Test
    @Config(qualifiers = "+w320dp-h569dp")
    fun arabicOnASmallPhone() = look(Language.AR, dark = false, scale = 1.3f, "small")

    @Test
    @Config(qualifiers = "+w320dp-h569dp")
    fun frenchOnASmallPhone() = look(Language.FR, dark = true, scale = 1.3f, "small")

    @Test
    fun underTheBarsOfAPhone() = clear(
        Edges(
            status = Insets.of(0, 60, 0, 0),
            cutout = Insets.of(0, 80, 0, 0),
            navigation = Insets.of(0, 0, 0, 96),
            keyboard = Insets.NONE
        )
    )

    @Test
    fun aboveTheKeyboard() = clear(
        Edges(Insets.of(0, 60, 0, 0), Insets.NONE, Insets.of(0, 0, 0, 96), keyboard = Insets.of(0, 0, 0, 560))
    )

    @Test
    @Config(qualifiers = "+w740dp-h360dp-land")
    fun betweenTheEndsOfAPhoneOnItsSide() = clear(
        Edges(
            Insets.of(0, 48, 0, 0),
            cutout = Insets.of(80, 0, 0, 0),
            navigation = Insets.of(0, 0, 96, 0),
            keyboard = Insets.NONE
        )
    )

    private fun clear(edges: Edges) {
        val bench = Bench()
        val states = NamedStates.arabic
        val faults = states.all.flatMap { state ->
            val root = bench.show(state.after) { states.Environment(false, state.content) }
            root.lay(edges)
            root.covered(edges).map { "${state.name}: $it" }
        }
        assertEquals("", faults.joinToString("\n"))
    }

    private fun look(language: Language, dark: Boolean, scale: Float, suffix: String = "${(scale * PERCENT).toInt()}") {
        val bench = Bench()
        val states = NamedStates.of(language)
        val direction = if (language == Language.AR) LayoutDirection.Rtl else LayoutDirection.Ltr
        val theme = if (dark) "dark" else "light"
        val faults = states.all.flatMap { state ->
            val root = bench.show(state.after, scale) { states.Environment(dark, state.content) }
            val picture = bench.draw()
            picture.keep("${language.name.lowercase()}-$theme-$suffix/${state.name}")
            (root.faults(direction, language.locales) + root.faint(picture)).map { "${state.name}: $it" }
        }
        assertEquals("", faults.joinToString("\n"))
    }
}

private const val PERCENT = 100
