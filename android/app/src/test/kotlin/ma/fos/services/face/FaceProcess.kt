package ma.fos.services.face

import android.provider.Settings
import java.net.Socket
import java.time.Duration
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import ma.fos.services.pump
import org.json.JSONObject
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/**
 * The app as the journeys' runner walks it: one long «test» that does what it is told until it is told to quit.
 *
 * Robolectric's clock stands still by itself; here it goes as the real one does, because the core and the portal
 * live in real time.
 */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = FaceApplication::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class FaceProcess {
    @Test
    fun serve() {
        // Nobody watches the fades; with animations off the app must do without them anyway.
        val settings = RuntimeEnvironment.getApplication().contentResolver
        Settings.Global.putFloat(settings, Settings.Global.ANIMATOR_DURATION_SCALE, 0f)
        val (host, port) = given("FOS_FACE_ADDRESS").split(":")
        Socket(host, port.toInt()).use { socket ->
            socket.tcpNoDelay = true
            val lines = listen(socket)
            val out = socket.getOutputStream().writer()
            val phone = Phone()
            out.write("""{"face":"android"}""" + "\n")
            out.flush()
            while (true) {
                val line = next(lines) ?: break
                out.write(answer(phone, line) + "\n")
                out.flush()
                if (phone.left) break
            }
        }
    }

    /** Lines come on their own thread: the main one is the app's. An empty line is the end. */
    private fun listen(socket: Socket): LinkedBlockingQueue<String> {
        val lines = LinkedBlockingQueue<String>()
        thread(isDaemon = true, name = "runner") {
            socket.getInputStream().bufferedReader().forEachLine { lines.put(it) }
            lines.put("")
        }
        return lines
    }

    /** The next line; until it comes the app lives on in real time. */
    private fun next(lines: LinkedBlockingQueue<String>): String? {
        var last = System.nanoTime()
        while (true) {
            val line = lines.poll(POLL, TimeUnit.MILLISECONDS)
            val now = System.nanoTime()
            pump(Duration.ofNanos(now - last))
            last = now
            if (line != null) return line.ifEmpty { null }
        }
    }

    private fun answer(phone: Phone, line: String): String = try {
        phone.obey(JSONObject(line)).put("ok", true)
    } catch (refused: Refused) {
        JSONObject().put("ok", false).put("why", refused.message)
    } catch (@Suppress("TooGenericExceptionCaught") broken: Exception) {
        // The runner ends this process before JUnit would get to say what broke.
        broken.printStackTrace()
        JSONObject().put("ok", false).put("why", broken.toString())
    }.toString()
}

private const val POLL = 10L

/** What was asked cannot be done on this screen. */
internal class Refused(why: String) : Exception(why)
