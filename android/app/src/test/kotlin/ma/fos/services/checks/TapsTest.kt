package ma.fos.services.checks

import android.app.Application
import ma.fos.core.ActionView
import ma.fos.core.TapGuardInterface
import ma.fos.services.root.Taps
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** The gate asks the core's guard about touches, and about nothing else. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], application = Application::class)
internal class TapsTest {
    private val guard = ShutGuard()
    private val taps = Taps({ guard }, { 7 })
    private var done = 0

    @Test
    fun aTouchThatDoesNotCountDoesNothing() {
        taps.touch { press() }
        assertEquals(0, done)
    }

    @Test
    fun aScreenReaderOrAKeyGetsThrough() {
        press()
        assertEquals(1, done)
    }

    @Test
    fun everyTouchGetsThroughUntilTheCoreIsOpen() {
        Taps({ null }, { 7 }).run { touch { press("form/file", FILE) { done++ } } }
        assertEquals(1, done)
    }

    @Test
    fun theGuardIsToldOfAllButtonsThatShow() {
        taps.appeared("form/next")
        taps.appeared("form/file")
        taps.disappeared("form/next")
        assertEquals(listOf("form/file"), guard.shown)
    }

    private fun press() = taps.press("form/file", FILE) { done++ }

    /** A guard that lets no touch count. */
    private class ShutGuard : TapGuardInterface {
        var shown = emptyList<String>()

        override fun counts(button: String, action: ActionView, nowMs: ULong) = false

        override fun show(buttons: List<String>, nowMs: ULong) {
            shown = buttons
        }
    }

    private companion object {
        val FILE = ActionView("file", "إيداع الطلب", null, decisive = true)
    }
}
