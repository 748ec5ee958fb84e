package ma.fos.services.checks

import android.app.Application
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.traversalIndex
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDirection
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import androidx.core.graphics.Insets
import ma.fos.core.Language
import ma.fos.services.preview.NamedStates
import ma.fos.services.ui.components.Text as Voiced
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.theme.identifierStyle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Each check, shown what it is there to find. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class FaultsTest {
    @Test
    fun aButtonWithoutALabel() = caught("no label", ViewRootForTest::unlabelled) {
        Box(Modifier.size(56.dp).testTag("x").clickable {})
    }

    @Test
    fun aTargetOf30() = caught("a target of", ViewRootForTest::small) {
        Box(Modifier.size(30.dp).clickable {}) { Text("x") }
    }

    @Test
    fun wordsWithoutRoom() = caught("clipped", ViewRootForTest::clipped) {
        Text("الخدمات الإلكترونية", Modifier.size(60.dp, 20.dp))
    }

    @Test
    fun aWordBrokenInItsMiddle() = caught("clipped", ViewRootForTest::clipped) {
        Text("complémentaire", Modifier.width(40.dp))
    }

    @Test
    fun wordsEndingInDots() = caught("clipped", ViewRootForTest::clipped) {
        Text(
            "الخدمات الإلكترونية",
            Modifier.width(60.dp),
            maxLines = 1,
            overflow = TextOverflow.Ellipsis
        )
    }

    @Test
    fun aPartThatRunsTheOtherWay() = caught("runs Ltr", { it.misdirected(LayoutDirection.Rtl) }) {
        Column {
            Text("الخدمات")
            CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) { Text("الخدمات") }
        }
    }

    @Test
    fun aNumberAtTheWrongEnd() = caught("from the page's start", ViewRootForTest::identifiers) {
        Text(PPR, Modifier.width(300.dp), style = identifierStyle.copy(textAlign = TextAlign.Left))
    }

    @Test
    fun wordsThatSayNotInWhichLanguage() = caught("no voice", { it.voiceless(Language.AR.locales) }) {
        Text("الخدمات")
    }

    @Test
    fun arabicSpokenInFrench() = caught("no voice", { it.voiceless(Language.AR.locales) }) {
        Voiced("الخدمات", locales = Language.FR.locales)
    }

    @Test
    fun theButtonHeardBeforeTheTitle() = caught("is heard before", { it.disordered(LayoutDirection.Rtl) }) {
        Column(Modifier.semantics { isTraversalGroup = true }) {
            Text("الخدمات")
            Box(Modifier.size(56.dp).semantics { traversalIndex = -1f }.clickable {}) { Text("إرسال") }
        }
    }

    @Test
    fun aLineHeardFromItsEnd() = caught("is heard before", { it.disordered(LayoutDirection.Rtl) }) {
        Row(Modifier.semantics { isTraversalGroup = true }) {
            Text("أول", Modifier.semantics { traversalIndex = 1f })
            Text("ثان")
        }
    }

    @Test
    fun whatLiesUnderTheBarsOfAPhone() {
        val bars = Edges(Insets.of(0, 60, 0, 0), Insets.of(80, 0, 0, 0), Insets.of(0, 0, 96, 96), Insets.NONE)
        val root = draw {
            Box(Modifier.fillMaxSize()) {
                Text("فوق")
                Text("تحت", Modifier.align(Alignment.BottomCenter))
                Text("يمين", Modifier.align(Alignment.CenterStart))
                Text("يسار", Modifier.align(Alignment.CenterEnd))
            }
        }
        root.lay(bars)
        val found = root.covered(bars)
        for (edge in listOf("the top", "the bottom", "the left", "the right")) {
            assertTrue("$edge is not caught: $found", found.any { edge in it })
        }
    }

    @Test
    fun wordsLikeTheirGround() {
        val bench = Bench()
        val root = bench.show { Box(Modifier.background(Color.White)) { Text("الخدمات", color = Color.LightGray) } }
        val found = root.faint(bench.draw())
        assertTrue("not caught: $found", found.any { "contrast" in it })
    }

    @Test
    fun nothingWhereNothingIsWrong() {
        val root = draw { Text(PPR, style = identifierStyle.copy(textDirection = TextDirection.Ltr)) }
        assertEquals(emptyList<String>(), root.clipped() + root.small() + root.unlabelled() + root.identifiers())
    }

    private fun caught(by: String, check: (ViewRootForTest) -> List<String>, planted: @Composable () -> Unit) {
        val found = check(draw(planted))
        assertTrue("not caught: $found", found.any { by in it })
    }

    private fun draw(content: @Composable () -> Unit) = Bench().show {
        NamedStates.arabic.Environment(dark = false, content)
    }
}
