package ma.fos.services.face

import java.net.Socket
import org.json.JSONObject
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/**
 * The app as the journeys' runner walks it: one long «test» that does what it is told until it is told to quit.
 *
 * Robolectric's clock stands still by itself; here it goes as the real one does, because the core and the portal
 * live in real time.
 */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = FaceApplication::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class FaceProcess {
    @Test
    fun serve() {
        val (host, port) = given("FOS_FACE_ADDRESS").split(":")
        Socket(host, port.toInt()).use { socket ->
            val runner = Runner(socket)
            ProcessStatics.runPending()
            val phone = Phone(runner)
            runner.say("""{"face":"android"}""")
            while (!phone.left) {
                val line = runner.hear() ?: break
                runner.say(answer(phone, line))
            }
            phone.close()
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

/** Refusal of a verb that cannot be done on this screen. */
internal class Refused(why: String) : Exception(why)
