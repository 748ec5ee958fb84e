package ma.fos.services.face

import java.net.InetAddress
import java.net.ServerSocket
import kotlin.concurrent.thread
import kotlin.io.path.createTempDirectory
import org.json.JSONObject

/**
 * Walks to the first screen and back out, without a portal: what only the first launch in a process has to load is loaded
 * before somebody waits for it.
 */
internal fun warmUp() {
    val data = createTempDirectory("warm-up").toFile()
    ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { runner ->
        val member = thread(name = "warm-up") {
            runner.accept().use { socket ->
                val answers = socket.getInputStream().bufferedReader()
                val out = socket.getOutputStream().writer()
                val ask = { verb: String ->
                    out.write(verb + "\n")
                    out.flush()
                    JSONObject(answers.readLine())
                }
                answers.readLine()
                while (ask("""{"verb":"see"}""").optString("screen") != "sign-in") Thread.sleep(PAUSE)
                ask("""{"verb":"type","field":"ppr","text":"1"}""")
                ask("""{"verb":"quit"}""")
            }
        }
        val launch = mapOf(
            "FOS_FACE_ADDRESS" to "${runner.inetAddress.hostAddress}:${runner.localPort}",
            // The port that discards: nothing answers there.
            "FOS_PORTAL" to "http://127.0.0.1:9",
            "FOS_CONFIG_KEY" to "",
            "FOS_DATA" to data.path,
            "FOS_LANGUAGE" to "ar-MA"
        )
        serve(JSONObject(launch).toString())
        member.join()
    }
    data.deleteRecursively()
}

private const val PAUSE = 20L
