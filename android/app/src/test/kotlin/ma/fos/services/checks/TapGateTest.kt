package ma.fos.services.checks

import android.app.Application
import ma.fos.core.ActionView
import ma.fos.core.TapGuardInterface
import ma.fos.services.ui.components.TapGate
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** The gate asks the core's guard about touches, and about nothing else. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], application = Application::class)
internal class TapGateTest {
    private val guard = ShutGuard()
    private val frames = mutableListOf<() -> Unit>()
    private var clock = 7L
    private val taps = TapGate({ guard }, { clock }, atNextFrame = { frames += it })
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
        TapGate({ null }, { 7 }, atNextFrame = {}).run { touch { click("form/file", FILE) { done++ } } }
        assertEquals(1, done)
    }

    @Test
    fun theButtonsOfAFrameAreReportedTogetherWithTheTimeOfTheLastChange() {
        taps.appeared("form/next")
        clock = 8
        taps.appeared("form/file")
        taps.disappeared("form/next")
        clock = 20
        frame()
        assertEquals(listOf("8: form/file"), guard.reports)
    }

    @Test
    fun aTouchBeforeTheFrameIsJudgedByTheButtonsThatShowByThen() {
        taps.appeared("form/file")
        taps.touch { press() }
        frame()
        assertEquals(listOf("7: form/file"), guard.reports)
    }

    @Test
    fun whatLeavesAndComesBackInOneFrameIsNotReported() {
        taps.appeared("form/file")
        frame()
        taps.disappeared("form/file")
        taps.appeared("form/file")
        frame()
        assertEquals(listOf("7: form/file"), guard.reports)
    }

    @Test
    fun whatCameBeforeTheCoreWasOpenIsReportedWithTheFirstChangeAfterwards() {
        var open: TapGuardInterface? = null
        val taps = TapGate({ open }, { clock }, atNextFrame = { frames += it })
        taps.appeared("failed/try-again")
        frame()
        open = guard
        taps.appeared("form/file")
        frame()
        assertEquals(listOf("7: failed/try-again, form/file"), guard.reports)
    }

    private fun frame() = frames.toList().also { frames.clear() }.forEach { it() }

    private fun press() = taps.click("form/file", FILE) { done++ }

    /** A guard that lets no touch count. */
    private class ShutGuard : TapGuardInterface {
        val reports = mutableListOf<String>()

        override fun counts(button: String, action: ActionView, nowMs: ULong) = false

        override fun show(buttons: List<String>, nowMs: ULong) {
            reports += "$nowMs: ${buttons.joinToString()}"
        }
    }

    private companion object {
        val FILE = ActionView("file", "إيداع الطلب", null, decisive = true)
    }
}
