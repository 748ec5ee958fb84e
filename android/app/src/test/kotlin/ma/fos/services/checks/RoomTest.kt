package ma.fos.services.checks

import android.app.Application
import android.view.View
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.ui.graphics.toArgb
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.unit.LayoutDirection
import androidx.core.graphics.Insets
import ma.fos.core.FfiConverterTypeFormView
import ma.fos.core.FfiConverterTypePasswordSentView
import ma.fos.core.FfiConverterTypeRequestView
import ma.fos.core.FfiConverterTypeServiceView
import ma.fos.core.FfiConverterTypeServicesView
import ma.fos.core.FfiConverterTypeStartView
import ma.fos.core.Language
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.services.ServicesScreen
import ma.fos.services.feature.services.ServicesUiState
import ma.fos.services.get
import ma.fos.services.merged
import ma.fos.services.preview.NamedState
import ma.fos.services.preview.NamedStates
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.theme.lightRoles
import ma.fos.services.unmerged
import ma.fos.services.words
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Room on the screen: at large font sizes, above the keyboard, and once a page is scrolled. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class RoomTest {
    private val bench by lazy { Bench() }
    private val states = NamedStates.french

    @Test
    @Config(qualifiers = "+w320dp-h640dp")
    fun atTwiceTheSizeTheMainActionIsOneSwipeAway() {
        val faults = listOf(NamedStates.french, NamedStates.arabic).flatMap { states ->
            states.all.mapNotNull { state ->
                val action = state.mainAction() ?: return@mapNotNull null
                val root = bench.show(state.after, TWICE) { states.Environment(false, state.content) }
                val isNear = root.isInSight(action) || root.swipe().isInSight(action)
                "${states.language} ${state.name}: $action".takeUnless { isNear }
            }
        }
        assertEquals("", faults.joinToString("\n"))
    }

    private fun NamedState.mainAction(): String? = when (screen) {
        "mail-sent" -> view(FfiConverterTypePasswordSentView)?.haveIt
        "start" -> view(FfiConverterTypeStartView)?.run { fill ?: close }.takeUnless { confirming }
        "service" -> view(FfiConverterTypeServiceView)?.plus
        "request" -> view(FfiConverterTypeRequestView)?.receipt
        else -> null
    }?.key

    @Test
    @Config(qualifiers = "+w320dp-h640dp")
    fun atTwiceTheSizeTheReaderHasTheHeight() {
        val root = bench.show(scale = TWICE) { states.Environment(false, states["charter-reading"].content) }
        val text = root.scrolling()
        val height = (root as View).height
        assertTrue("${text.size.height} of $height px", text.size.height > height * MOST_OF_IT)
        root.swipe()
        assertFalse(
            "the steps scroll away",
            root.unmerged().any {
                it.isSeen &&
                    it.words().any { word -> "Étape" in word }
            }
        )
    }

    @Test
    @Config(qualifiers = "+w320dp-h640dp")
    fun atTwiceTheSizeTheBrandHeaderScrollsAway() {
        val root = bench.show(scale = TWICE) { states.Environment(false, states["services-list"].content) }
        val brand = lightRoles.brand.toArgb()
        assertEquals("at the start", brand, bench.draw().getPixel(EDGE, EDGE))
        root.swipe()
        assertNotEquals("once it is scrolled", brand, bench.draw().getPixel(EDGE, EDGE))
    }

    @Test
    fun theKeyboardLeavesTheFieldAndTheMainActionInReach() = type(Language.AR, dark = false, scale = 1f)

    @Test
    fun atTwiceTheSizeTheKeyboardLeavesTheFieldAndTheMainActionInReach() = type(Language.FR, dark = true, scale = TWICE)

    /** Draws every form with its last field in use, as the others lead to that one by the keyboard's own key. */
    private fun type(language: Language, dark: Boolean, scale: Float) {
        val states = NamedStates.of(language)
        val direction = if (language == Language.AR) LayoutDirection.Rtl else LayoutDirection.Ltr
        val drawn = states.all.filter { it.screen in setOf("form", "sign-in", "sign-in-again") && it.search == null }
            .distinctBy { state -> state.view(FfiConverterTypeFormView)?.fields.orEmpty().map { it.key } }
        val faults = drawn.flatMap { state ->
            val root = bench.show(state.after, scale) { states.Environment(dark, state.content) }
            root.lay(keyboard)
            val field = root.unmerged().lastOrNull { it.isTyped } ?: return@flatMap emptyList()
            field[SemanticsActions.RequestFocus]?.action?.invoke()
            settle()
            val picture = bench.draw()
            picture.keep("${language.name.lowercase()}-keyboard-${(scale * PERCENT).toInt()}/${state.name}")
            val faults = root.faults(direction, language.locales) + root.faint(picture)
            val isFieldSeen = root.shows(field) || root.swipe(-SWIPE).shows(field)
            val form = checkNotNull(state.view(FfiConverterTypeFormView))
            val action = form.action.key
            // What follows the field is answered before the action comes.
            val swipes = form.fields.size - form.fields.indexOfFirst { it.key == field.tag }
            val isNear = root.isInSight(action) || (0..swipes).any { root.swipe().isInSight(action) }
            faults.map { "${state.name}: $it" } +
                listOfNotNull(
                    "${state.name}: ${field.tag} is out of sight".takeUnless { isFieldSeen },
                    "${state.name}: $action is far away".takeUnless { isNear }
                )
        }
        assertEquals("", faults.joinToString("\n"))
    }

    /** Without animations, as here, Compose 1.10 may scroll past a field that it brings into sight. */
    private fun ViewRootForTest.shows(field: SemanticsNode) =
        unmerged().first { it.id == field.id }.boundsInWindow.height >= LINE

    @Test
    fun theTitleOfAScrolledPageIsItsName() {
        val state = states["service-open"]
        val name = checkNotNull(state.view(FfiConverterTypeServiceView)).title
        val root = bench.show { states.Environment(false, state.content) }
        assertEquals(listOf("Services"), root.title())
        root.swipe()
        assertEquals(listOf(name), root.title())
    }

    private fun ViewRootForTest.title() = unmerged()
        .filter { it[SemanticsProperties.Heading] != null && it.isSeen }.minBy { it.positionInWindow.y }.words()

    @Test
    fun backClearsARunningSearch() {
        val search = TextFieldState("hajj")
        val view = states["services-list"].view(FfiConverterTypeServicesView)
        bench.show { states.Environment(false) { ServicesScreen(ServicesUiState(ReadResult(view)), search, {}) } }
        bench.activity.onBackPressedDispatcher.onBackPressed()
        settle()
        assertEquals("", search.text.toString())
        assertFalse("a second one leaves", bench.activity.onBackPressedDispatcher.hasEnabledCallbacks())
    }

    @Test
    fun copyingSaysSo() {
        val root = bench.show { states.Environment(false, states["request-filed"].content) }
        root.merged().first { it.tag == "copy:number" }[SemanticsActions.OnClick]?.action?.invoke()
        settle()
        val said = root.merged().first { it.tag == "copy:number" }[SemanticsProperties.StateDescription]
        assertEquals("Copié", said)
    }

    private fun settle() = bench.activity.window.decorView.settle()

    private fun ViewRootForTest.scrolling() = unmerged()
        .first { it[SemanticsProperties.VerticalScrollAxisRange] != null }

    /** Scrolls by what a swipe over most of the page scrolls. */
    private fun ViewRootForTest.swipe(pages: Float = SWIPE): ViewRootForTest {
        val page = scrolling()
        page[SemanticsActions.ScrollBy]?.action?.invoke(0f, page.size.height * pages)
        settle()
        return this
    }

    private fun ViewRootForTest.isInSight(tag: String) = merged().any { it.tag == tag && it.isSeen }

    private val SemanticsNode.isSeen get() = !boundsInWindow.isEmpty && boundsInWindow.height >= size.height - 1

    private val SemanticsNode.isTyped
        get() = this[SemanticsProperties.EditableText] != null && SemanticsActions.RequestFocus in config

    private companion object {
        const val TWICE = 2f
        const val PERCENT = 100
        const val SWIPE = 0.9f
        const val MOST_OF_IT = 0.85f

        /** A place at the start of the page, in px. */
        const val EDGE = 8

        /** Height of a field's box, in px. */
        const val LINE = 112f
        val keyboard = Edges(Insets.of(0, 60, 0, 0), Insets.NONE, Insets.of(0, 0, 0, 96), Insets.of(0, 0, 0, 560))
    }
}
