package ma.fos.services.checks

import android.app.Application
import android.content.ClipDescription
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import ma.fos.services.preview.NamedStates
import ma.fos.services.ui.components.sensitive
import ma.fos.services.ui.components.withoutLoneSurrogates
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** Checks of the member's data that the system keeps. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class PrivacyTest {
    @Test
    fun noPictureIsTakenOfAFormOrAReceipt() {
        val bench = Bench()
        for (name in listOf("sign-in-filled", "password-request-active", "request-filed", "queued-request")) {
            bench.show(name)
            assertTrue(name, bench.activity.window.attributes.flags and FLAG_SECURE != 0)
        }
        bench.show("services-list")
        assertFalse("services", bench.activity.window.attributes.flags and FLAG_SECURE != 0)
    }

    @Test
    fun aCopiedIdentifierIsSensitive() {
        val extras = sensitive("PPR", PPR).description.extras
        assertTrue(extras.getBoolean(ClipDescription.EXTRA_IS_SENSITIVE))
    }

    @Test
    fun halfASurrogatePairIsDroppedAndTheRestKept() {
        assertEquals("ab", "a\uD83Db".withoutLoneSurrogates())
        assertEquals("ab", "a\uDE00b\uD83D".withoutLoneSurrogates())
        assertEquals("a\uD83D\uDE00b", "a\uD83D\uDE00b".withoutLoneSurrogates())
        assertEquals("عربي", "عربي".withoutLoneSurrogates())
    }

    private fun Bench.show(state: String) {
        val states = NamedStates.arabic
        val content = states[state].content
        show { states.Environment(false, content) }
    }
}
