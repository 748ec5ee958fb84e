package ma.fos.bench

import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

/** Arguments of this program, read from its environment. */
internal object Args {
    val portal: String = System.getenv("FOS_PORTAL")
    val root = File(System.getenv("FOS_EXTRA_ROOT"))
    val data = File(System.getenv("FOS_DATA"))
    const val PPR = "0123456"
    const val PASSWORD = "قهوة-الصباح-2026"
    const val DEVICE = "هاتف تجربة"
}

/** Cost of the core and of the peer for one row; printed as one line of JSON. */
@Serializable
internal data class Measurement(
    val row: String,
    val ours: Double,
    val peer: Double,
    val unit: String,
    val note: String = ""
)

/** Measures the core through JNA and the peer in turns, in this one JVM, and prints the results. */
fun main() = runBlocking {
    val core = CoreClient()
    val peer = PeerClient()
    printResult(measureSignIn(core, peer))
    printResult(measureSearch(core, peer))
    Calls(core).all().forEach(::printResult)
    core.close()
    peer.close()
}

private val json = Json { encodeDefaults = true }

private fun printResult(measurement: Measurement) = println(json.encodeToString(Measurement.serializer(), measurement))

/** Measures session and catalogue; on both sides the challenge is solved before the clock starts. */
private suspend fun measureSignIn(core: CoreClient, peer: PeerClient): Measurement {
    val (ours, theirs) = alternate(warm = 30, counted = 61) { number ->
        core.prepare(File(Args.data, "ours-$number"))
        val coreTime = timed { core.signIn() }
        peer.prepare(File(Args.data, "peer-$number"))
        coreTime to timed { peer.signIn() }
    }
    return Measurement("kotlin-sign-in", ours / MILLI, theirs / MILLI, "ms", "session, catalogue, storage, first read")
}

/** Measures a keystroke in the search, until the face has the list to draw. */
private suspend fun measureSearch(core: CoreClient, peer: PeerClient): Measurement {
    val (ours, theirs) = alternate(warm = 300, counted = 301) {
        timed { core.search(QUERY) } to timed { peer.search(QUERY) }
    }
    val note = "«$QUERY»: ${core.search(QUERY)} cards from the core, ${peer.search(QUERY)} rows from the peer"
    return Measurement("kotlin-search", ours / MILLI, theirs / MILLI, "ms", note)
}

/** Runs both sides alternately, so that load on the machine affects both, and returns the median of each. */
private suspend fun alternate(warm: Int, counted: Int, run: suspend (Int) -> Pair<Long, Long>): Pair<Double, Double> {
    repeat(warm) { run(-1 - it) }
    val times = List(counted) { run(it) }
    return median(times.map { it.first.toDouble() }) to median(times.map { it.second.toDouble() })
}

internal inline fun timed(work: () -> Unit): Long {
    val started = System.nanoTime()
    work()
    return System.nanoTime() - started
}

internal fun median(values: List<Double>): Double = values.sorted()[values.size / 2]

private const val QUERY = "منح"
private const val MILLI = 1e6
