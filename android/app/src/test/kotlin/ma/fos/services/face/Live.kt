package ma.fos.services.face

import java.io.File
import ma.fos.services.MainActivity
import org.json.JSONObject
import org.robolectric.android.controller.ActivityController

/** The phone in somebody's hands at this moment: nothing is waited for, and time is the real one. */
internal class Live(
    private val runner: Runner,
    private val handset: Handset,
    private val reader: Reader,
    controller: ActivityController<MainActivity>,
    private val touches: TouchClock
) {
    private val hands = Hands(controller::get)
    private val keyboard = SoftKeyboard(controller::get)
    private val glass = Glass { controller.get().window.decorView }

    /** Does one verb; whether it is one that is done so. */
    fun obey(verb: JSONObject, answer: JSONObject): Boolean {
        when (verb.getString("verb")) {
            "pointer" -> {
                touches.run()
                hands.point(verb.getString("phase"), verb.px("x"), verb.px("y"))
            }
            "wheel" -> hands.wheel(verb.px("x"), verb.px("y"), verb.px("by"))
            "key" -> hands.key(verb.getString("name"), verb.optBoolean("shift"))
            "paste" -> hands.commit(verb.getString("text"))
            "frame" -> frame(verb, answer)
            "where" -> where(verb.getString("tag"), answer)
            "dark" -> handset.dark(verb.getBoolean("on"))
            "font" -> handset.font(verb.getInt("percent"))
            "keyboard" -> keyboard.enable(verb.getBoolean("on"))
            "size" -> handset.resize(verb.getString("to"))
            "motion" -> {
                handset.keepTime()
                handset.motion(verb.getBoolean("on"))
            }
            "advance" -> touches.move(verb.getLong("ms"))
            else -> return false
        }
        return true
    }

    /**
     * Waits for a picture that is not the caller's last, until the time is over or there is something else to do. What
     * was done last is given the time to be drawn: a finger that never rests must see where it goes.
     */
    private fun frame(verb: JSONObject, answer: JSONObject) {
        val since = verb.getInt("since")
        val began = System.nanoTime()
        val soonest = began + FRAME * NANOS_A_MILLI
        val latest = began + verb.getLong("wait") * NANOS_A_MILLI
        while (!look() && glass.number == since) {
            val now = System.nanoTime()
            if (now > latest || now > soonest && runner.waits) break
            Thread.sleep(REST)
            runner.live()
        }
        if (glass.number == since) return
        val part = if (glass.number == since + 1) glass.changed else glass.whole
        glass.keep(part, File(verb.getString("file")))
        val (_, _, width, height) = glass.whole
        val drawn = JSONObject().put("number", glass.number).put("width", width).put("height", height)
        drawn.put("keyboard", keyboard.height)
        answer.put("frame", drawn.put("part", JSONObject().lay(part)))
    }

    /** Looks once the keyboard has come or gone. */
    private fun look(): Boolean {
        keyboard.follow()
        return glass.look()
    }

    private fun where(tag: String, answer: JSONObject) {
        // The place above a keyboard that is about to come.
        look()
        val place = reader.place(tag)
        answer.put("place", JSONObject().lay(place.part).put("focused", place.focused))
    }

    private fun JSONObject.lay(part: Part) =
        put("x", part.x).put("y", part.y).put("width", part.width).put("height", part.height)

    private fun JSONObject.px(name: String) = getDouble(name).toFloat()
}

private const val REST = 4L
private const val FRAME = 34L
private const val NANOS_A_MILLI = 1_000_000L
