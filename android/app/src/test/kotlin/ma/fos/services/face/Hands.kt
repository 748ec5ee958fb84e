package ma.fos.services.face

import android.os.SystemClock
import android.view.InputDevice
import android.view.InputEvent
import android.view.KeyEvent
import android.view.MotionEvent
import android.view.View
import android.view.inputmethod.EditorInfo
import android.view.inputmethod.InputConnection
import androidx.activity.ComponentActivity
import org.robolectric.util.ReflectionHelpers
import org.robolectric.util.ReflectionHelpers.ClassParameter.from

/** Input of a member's fingers, mouse and keyboard. */
internal class Hands(private val activity: () -> ComponentActivity) {
    private var down = 0L

    /** A finger at this place of the screen, in px. */
    fun point(phase: String, x: Float, y: Float) {
        val action = when (phase) {
            "down" -> MotionEvent.ACTION_DOWN
            "move" -> MotionEvent.ACTION_MOVE
            "up" -> MotionEvent.ACTION_UP
            "cancel" -> MotionEvent.ACTION_CANCEL
            else -> throw Refused("a finger does not $phase")
        }
        val now = SystemClock.uptimeMillis()
        if (action == MotionEvent.ACTION_DOWN) down = now
        if (down == 0L) return
        val event = MotionEvent.obtain(down, now, action, x, y, 0)
        if (action == MotionEvent.ACTION_UP || action == MotionEvent.ACTION_CANCEL) down = 0L
        send(event)
    }

    /** A mouse's wheel over this place, in its own steps; upwards is positive. */
    fun wheel(x: Float, y: Float, by: Float) {
        val now = SystemClock.uptimeMillis()
        val mouse = MotionEvent.PointerProperties().apply { toolType = MotionEvent.TOOL_TYPE_MOUSE }
        val at = MotionEvent.PointerCoords().apply {
            this.x = x
            this.y = y
            setAxisValue(MotionEvent.AXIS_VSCROLL, by)
        }
        val event = MotionEvent.obtain(
            now, now, MotionEvent.ACTION_SCROLL, 1, arrayOf(mouse), arrayOf(at),
            0, 0, 1f, 1f, 0, 0, InputDevice.SOURCE_MOUSE, 0
        )
        send(event)
    }

    /** A key of a keyboard: one that has a name, or a character. */
    fun key(name: String, shift: Boolean) {
        val code = keys[name]
        when {
            code != null -> press(code, if (shift) KeyEvent.META_SHIFT_ON or KeyEvent.META_SHIFT_LEFT_ON else 0)
            name == " " && typing() == null -> press(KeyEvent.KEYCODE_SPACE, 0)
            else -> commit(name)
        }
    }

    /** Text into the field that has the focus, as the system's keyboard puts it there. */
    fun commit(text: String) {
        val field = typing() ?: throw Refused("no field takes text now")
        field.commitText(text, 1)
    }

    private fun typing(): InputConnection? = focused()?.onCreateInputConnection(EditorInfo())

    private fun focused(): View? = activity().window.decorView.findFocus()

    private fun press(code: Int, meta: Int) {
        val now = SystemClock.uptimeMillis()
        for (action in listOf(KeyEvent.ACTION_DOWN, KeyEvent.ACTION_UP)) {
            send(KeyEvent(now, now, action, code, 0, meta))
        }
    }

    /**
     * Gives it to the window where the system does: there a touch hides the keyboard's focus, and a key that nothing
     * takes moves it.
     */
    private fun send(event: InputEvent) {
        val root: Any = ReflectionHelpers.callInstanceMethod(activity().window.decorView, "getViewRootImpl")
        ReflectionHelpers.callInstanceMethod<Unit>(root, "dispatchInputEvent", from(InputEvent::class.java, event))
    }
}

private val keys = mapOf(
    "Tab" to KeyEvent.KEYCODE_TAB,
    "Enter" to KeyEvent.KEYCODE_ENTER,
    "Backspace" to KeyEvent.KEYCODE_DEL,
    "Delete" to KeyEvent.KEYCODE_FORWARD_DEL,
    "ArrowUp" to KeyEvent.KEYCODE_DPAD_UP,
    "ArrowDown" to KeyEvent.KEYCODE_DPAD_DOWN,
    "ArrowLeft" to KeyEvent.KEYCODE_DPAD_LEFT,
    "ArrowRight" to KeyEvent.KEYCODE_DPAD_RIGHT,
    "Home" to KeyEvent.KEYCODE_MOVE_HOME,
    "End" to KeyEvent.KEYCODE_MOVE_END,
    "PageUp" to KeyEvent.KEYCODE_PAGE_UP,
    "PageDown" to KeyEvent.KEYCODE_PAGE_DOWN
)
