package ma.fos.services.face

import android.graphics.Bitmap
import android.graphics.Canvas
import android.os.Bundle
import android.os.SystemClock
import android.view.MotionEvent
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.text.AnnotatedString
import java.io.File
import java.time.Duration
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.runBlocking
import ma.fos.services.FosApplication
import ma.fos.services.MainActivity
import ma.fos.services.composeRoot
import ma.fos.services.core.AccessForms
import ma.fos.services.core.LoadState
import ma.fos.services.get
import ma.fos.services.merged
import ma.fos.services.pump
import ma.fos.services.settle
import ma.fos.services.ui.components.tag
import org.json.JSONArray
import org.json.JSONObject
import org.robolectric.Robolectric
import org.robolectric.android.controller.ActivityController
import org.robolectric.util.ReflectionHelpers.ClassParameter.from

/** A phone in a member's hands: touches, types, turns and reads the running app. */
internal class Phone(runner: Runner) {
    private val controller = Robolectric.buildActivity(MainActivity::class.java).setup()
    private val activity: MainActivity get() = controller.get()
    private var away = false
    private val handset = Handset(controller)
    private val reader = Reader(::root, ::settle)
    private val outside = Outside { activity }
    private val touches get() = (activity.application as FaceApplication).touches
    private val live = Live(runner, handset, reader, controller, touches)
    private var touched: Offset? = null

    init {
        // Nobody watches the fades of a walk; with animations off the app must do without them anyway.
        handset.motion(false)
    }

    /** True if the member has left the app. */
    var left = false
        private set

    /** Does one verb of the protocol. */
    fun obey(verb: JSONObject): JSONObject {
        val answer = JSONObject()
        if (live.obey(verb, answer)) return answer
        settle()
        when (val what = verb.getString("verb")) {
            "see" -> see(answer)
            "type" -> type(verb.getString("field"), verb.getString("text"))
            "tap" -> tap(verb.getString("on"), verb.optLong("after"))
            "again" -> again(verb.getLong("after"))
            "back" -> activity.onBackPressedDispatcher.onBackPressed()
            "rotate" -> handset.rotate()
            "pause" -> pause()
            "resume" -> resume()
            "pull" -> pull()
            "language" -> speak(verb.getString("to"))
            "picture" -> picture(File(verb.getString("file")))
            "quit" -> left = true
            else -> throw Refused("no verb is called $what")
        }
        settle()
        return answer
    }

    /** Ends the app. */
    fun close() = closeApp(controller)

    private fun settle() = activity.window.decorView.settle()

    private fun root(): ViewRootForTest =
        activity.window.decorView.composeRoot() ?: throw Refused("nothing is drawn yet")

    private fun see(answer: JSONObject) {
        val sight = reader.sight()
        answer.put("screen", sight.screen)
        answer.put("texts", JSONArray(sight.texts))
        answer.put("fields", JSONObject(sight.fields))
        answer.put("busy", sight.busy)
        answer.put("opened", JSONArray(outside.opened()))
        answer.putOpt("copied", outside.copied())
    }

    /** A real touch on the middle of what carries the tag, brought into sight first. */
    private fun tap(tag: String, after: Long = 0) {
        val node = reader.reach(tag)
        if (node[SemanticsProperties.Disabled] != null) throw Refused("$tag takes no touch now")
        if (node[SemanticsActions.OnClick] == null) throw Refused("$tag is not to be touched")
        touches.move(after)
        touch(node.boundsInWindow.center)
    }

    /** Touches the place of the last tap, whatever is there by now. */
    private fun again(after: Long) {
        val at = touched ?: throw Refused("nothing was touched yet")
        touches.move(after)
        touch(at)
    }

    private fun touch(at: Offset) {
        touched = at
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.obtain(down, down, MotionEvent.ACTION_DOWN, at.x, at.y, 0))
        pump(Duration.ofMillis(PRESS))
        send(MotionEvent.obtain(down, SystemClock.uptimeMillis(), MotionEvent.ACTION_UP, at.x, at.y, 0))
    }

    private fun send(event: MotionEvent) {
        activity.dispatchTouchEvent(event)
        event.recycle()
    }

    /** Touches the field, marks what stands in it and puts the text over it, as a paste does. */
    private fun type(field: String, text: String) {
        touch(reader.reach(field).boundsInWindow.center)
        settle()
        val node = reader.reach(field)
        if (node[SemanticsProperties.Focused] != true) throw Refused("$field did not take the touch")
        val insert = node[SemanticsActions.InsertTextAtCursor]?.action ?: throw Refused("$field takes no text")
        val stands = node[SemanticsProperties.EditableText]?.length ?: 0
        node[SemanticsActions.SetSelection]?.action?.invoke(0, stands, false)
        settle()
        insert(AnnotatedString(text))
    }

    /** The member goes elsewhere: the system keeps what it needs to bring the app back, and stops it. */
    private fun pause() {
        if (away) throw Refused("the app is in the background already")
        away = true
        controller.pause().saveInstanceState(Bundle()).stop()
        // The system leaves a stopped app the time to write what it has; a killed one is the verb of another line.
        runBlocking { (activity.application as FosApplication).loader.onBackground().join() }
    }

    private fun resume() {
        if (!away) throw Refused("the app is not in the background")
        away = false
        controller.restart().start().resume().visible()
    }

    /** A finger drawn down over the list, as far as a third of the screen, a little at a time. */
    private fun pull() {
        val list = root().merged().lastOrNull { it[SemanticsActions.CustomActions].orEmpty().isNotEmpty() }
            ?: throw Refused("nothing here can be pulled")
        reader.toTop()
        val x = list.boundsInWindow.center.x
        val from = list.boundsInWindow.center.y
        val step = activity.window.decorView.height / PULL_SHARE / PULL_STEPS
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.obtain(down, down, MotionEvent.ACTION_DOWN, x, from, 0))
        for (moved in 1..PULL_STEPS) {
            pump(Duration.ofMillis(PRESS))
            val y = from + moved * step
            send(MotionEvent.obtain(down, SystemClock.uptimeMillis(), MotionEvent.ACTION_MOVE, x, y, 0))
            settle()
        }
        val to = from + PULL_STEPS * step
        send(MotionEvent.obtain(down, SystemClock.uptimeMillis(), MotionEvent.ACTION_UP, x, to, 0))
    }

    private fun speak(to: String) {
        if (language() == to) return
        if (root().merged().any { it[SemanticsProperties.TestTag] == "language" }) {
            tap("language")
        } else {
            tap("profile")
            settle()
            tap("language")
            settle()
            activity.onBackPressedDispatcher.onBackPressed()
        }
    }

    private fun language(): String {
        val open = (activity.application as FosApplication).loader.state as? LoadState.Ready
        return open?.core?.state?.value?.language?.tag?.substringBefore('-') ?: throw Refused("the app is not open yet")
    }

    private fun picture(file: File) {
        val view = activity.window.decorView
        val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
        view.draw(Canvas(bitmap))
        file.parentFile?.mkdirs()
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, BEST, it) }
    }
}

private const val PRESS = 40L
private const val PULL_STEPS = 12
private const val PULL_SHARE = 3f
private const val BEST = 100

/** Ends the app: its screen, and the core, whose handles the system's own references to the app would keep. */
internal fun closeApp(controller: ActivityController<MainActivity>) {
    val loader = (controller.get().application as FosApplication).loader
    controller.close()
    runBlocking { loader.onBackground().join() }
    // Reads the changes reported by now: after this nothing runs on the main thread any more.
    pump()
    loader.core?.let(::closeHandles)
    ProcessStatics.clearApplication()
}

private fun closeHandles(owner: Any) {
    for (field in owner.javaClass.declaredFields) {
        field.isAccessible = true
        when (val value = field.get(owner)) {
            // The process's own, which no launch may close.
            is CoroutineDispatcher -> Unit

            is AutoCloseable -> value.close()

            is AccessForms -> closeHandles(value)
        }
    }
}
