package ma.fos.bench

import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

/** What this program is told, by its environment. */
internal object Given {
    val portal: String = System.getenv("FOS_PORTAL")
    val root = File(System.getenv("FOS_EXTRA_ROOT"))
    val data = File(System.getenv("FOS_DATA"))
    const val PPR = "0123456"
    const val PASSWORD = "قهوة-الصباح-2026"
    const val DEVICE = "هاتف تجربة"
}

/** One figure of ours beside the peer's: a line of the output. */
@Serializable
internal data class Said(val row: String, val ours: Double, val peer: Double, val unit: String, val note: String = "")

/** Measures our core through JNA and the peer in turns, in this one JVM, and says what it found. */
fun main() = runBlocking {
    val ours = Ours()
    val peer = Peer()
    say(signingIn(ours, peer))
    say(searching(ours, peer))
    Calls(ours).all().forEach(::say)
    ours.close()
    peer.close()
}

private val json = Json { encodeDefaults = true }

private fun say(said: Said) = println(json.encodeToString(Said.serializer(), said))

/** The session and the catalogue; challenge and proof are made before the watch starts, on both sides. */
private suspend fun signingIn(ours: Ours, peer: Peer): Said {
    val (our, theirs) = turns(warm = 30, counted = 61) { number ->
        ours.prepare(File(Given.data, "ours-$number"))
        val mine = timed { ours.signIn() }
        peer.prepare(File(Given.data, "peer-$number"))
        mine to timed { peer.signIn() }
    }
    return Said("kotlin-sign-in", our / MILLI, theirs / MILLI, "ms", "session, catalogue, kept, first read")
}

/** A keystroke, until the face has what it draws. */
private suspend fun searching(ours: Ours, peer: Peer): Said {
    val (our, theirs) = turns(warm = 300, counted = 301) {
        timed { ours.search(TYPED) } to timed { peer.search(TYPED) }
    }
    val note = "«$TYPED»: ${ours.search(TYPED)} cards ours, ${peer.search(TYPED)} rows the peer's"
    return Said("kotlin-search", our / MILLI, theirs / MILLI, "ms", note)
}

/** Both sides after each other, again and again: what slows the machine slows both. */
private suspend fun turns(warm: Int, counted: Int, turn: suspend (Int) -> Pair<Long, Long>): Pair<Double, Double> {
    repeat(warm) { turn(-1 - it) }
    val found = List(counted) { turn(it) }
    return median(found.map { it.first.toDouble() }) to median(found.map { it.second.toDouble() })
}

internal inline fun timed(work: () -> Unit): Long {
    val started = System.nanoTime()
    work()
    return System.nanoTime() - started
}

internal fun median(figures: List<Double>): Double = figures.sorted()[figures.size / 2]

private const val TYPED = "منح"
private const val MILLI = 1e6
