package ma.fos.services.face

import android.provider.Settings
import java.time.Duration
import ma.fos.services.MainActivity
import ma.fos.services.pump
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowChoreographer

/** The phone that the app runs on: how large it is, how it is held, and what its settings say. */
internal class Handset(private val controller: ActivityController<MainActivity>) {
    private var size = Size.NORMAL
    private var upright = true
    private var dark = false

    /** Turns the phone on its side, or back. */
    fun rotate() {
        upright = !upright
        apply()
    }

    /** Takes another phone, that shows the same. */
    fun resize(to: String) {
        size = Size.entries.firstOrNull { it.name.lowercase() == to } ?: throw Refused("no phone is called $to")
        apply()
    }

    /** The system's dark mode. */
    fun dark(on: Boolean) {
        dark = on
        apply()
    }

    /** The system's font size, in per cent. */
    fun font(percent: Int) {
        if (percent !in SMALLEST..LARGEST) throw Refused("no phone has letters of $percent %")
        RuntimeEnvironment.setFontScale(percent / WHOLE)
        apply()
    }

    /** True if the system's animations run; an app must do without them when they do not. */
    fun motion(on: Boolean) {
        val settings = controller.get().contentResolver
        val name = Settings.Global.ANIMATOR_DURATION_SCALE
        Settings.Global.putFloat(settings, name, if (on) 1f else 0f)
        settings.notifyChange(Settings.Global.getUriFor(name), null)
    }

    /**
     * From now on a frame is drawn when its time has come. By itself Robolectric draws each as soon as it is asked for
     * and moves the clock on to its time: with that a cursor that blinks, as in every window in use, never ends.
     */
    fun keepTime() {
        if (ShadowChoreographer.isPaused()) return
        ShadowChoreographer.setPaused(true)
        focus()
    }

    /** The system draws the app again on its side: what it keeps, it keeps as over a killed process. */
    private fun apply() {
        val (short, long) = size
        val shape = if (upright) "+w${short}dp-h${long}dp-port" else "+w${long}dp-h${short}dp-land"
        RuntimeEnvironment.setQualifiers("$shape-${if (dark) "night" else "notnight"}")
        controller.configurationChange(controller.get().application.resources.configuration)
        if (!controller.get().window.decorView.isAttachedToWindow) controller.visible()
        if (ShadowChoreographer.isPaused()) focus()
    }

    /** The window is the one in use, once its first frame has been drawn. */
    private fun focus() {
        pump(Duration.ofMillis(FIRST_FRAME))
        controller.windowFocusChanged(true)
    }
}

/** In dp, the short side first. */
private enum class Size(private val short: Int, private val long: Int) {
    SMALL(320, 640),
    NORMAL(360, 740),
    LARGE(412, 915);

    operator fun component1() = short
    operator fun component2() = long
}

private const val SMALLEST = 50
private const val LARGEST = 200
private const val WHOLE = 100f
private const val FIRST_FRAME = 50L
