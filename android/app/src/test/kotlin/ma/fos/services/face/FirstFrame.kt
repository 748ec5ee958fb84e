package ma.fos.services.face

import android.app.Activity
import android.app.Application
import android.graphics.Bitmap
import android.graphics.Canvas
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.foundation.layout.Box
import kotlin.system.exitProcess
import ma.fos.services.MainActivity
import ma.fos.services.composeRoot
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.unmerged
import org.json.JSONObject
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/**
 * Prints, in nanoseconds, how long the app of a signed-in member takes from its making to the first frame with data (`app`), and
 * an empty Compose activity to its first (`empty`), alternating. The first of each, which loads the classes, is left out.
 */
fun main() {
    val launch = JSONObject(System.getenv())
    repeat(LAUNCHES) { number ->
        System.setProperty(COUNTS, (number > 0).toString())
        runLaunch(launch.toString(), EmptyFrame::class.java)
        runLaunch(launch.toString(), DataFrame::class.java)
    }
    exitProcess(0)
}

/** Application without anything. */
internal class EmptyApplication : Application() {
    /** Time at which it was made, in nanoseconds of [System.nanoTime]. */
    val made = System.nanoTime()
}

/** First frame of an empty activity. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = EmptyApplication::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class EmptyFrame {
    @Test
    fun draw() {
        Robolectric.buildActivity(ComponentActivity::class.java).use { controller ->
            val activity = controller.setup().get()
            activity.setContent { Box {} }
            activity.window.decorView.settle()
            activity.draw()
            report("empty", (RuntimeEnvironment.getApplication() as EmptyApplication).made)
        }
    }
}

/** First frame of the app that shows a service. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = FaceApplication::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class DataFrame {
    @Test
    fun draw() {
        ProcessStatics.runPending()
        val controller = Robolectric.buildActivity(MainActivity::class.java).setup()
        val activity = controller.get()
        while (!activity.showsAService()) activity.window.decorView.settle()
        activity.draw()
        report("app", (activity.application as FaceApplication).made)
        closeApp(controller)
    }

    private fun Activity.showsAService() =
        window.decorView.composeRoot()?.unmerged().orEmpty().any { it.tag.orEmpty().startsWith("card:") }
}

private fun Activity.draw() {
    val view = window.decorView
    view.draw(Canvas(Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)))
}

private fun report(what: String, made: Long) {
    if (System.getProperty(COUNTS).toBoolean()) println("$what ${System.nanoTime() - made}")
}

// A property crosses into Robolectric's sandbox, which loads the classes of this file a second time.
private const val COUNTS = "fos.counts"
private const val LAUNCHES = 12
