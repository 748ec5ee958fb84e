package ma.fos.bench

import com.sun.jna.Native
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.runBlocking
import ma.fos.core.Change
import ma.fos.core.FosException
import ma.fos.core.Observer

/** Measures calls through the bindings by their shape, over an empty call. Work of the core is included. */
internal class Calls(private val core: CoreClient) {
    fun all(): List<Measurement> {
        val empty = measure { Empty.ffi_fos_core_uniffi_contract_version() }
        val measurement = { row: String, note: String, cost: Double ->
            Measurement("ffi-$row", cost, empty, "ns", note)
        }
        val fos = core.fos
        val access = fos.access()
        val form = access.signIn()
        val cards = core.search(FEW)
        return listOf(
            measurement("nothing", "stage()", measure { fos.stage() }),
            measurement("object", "services(): a handle, and its cleaner", measure { fos.services() }),
            measurement("text", "set(key, input): two texts in, the fields out", measure { form.set("ppr", Args.PPR) }),
            measurement("record", "welcome()", measure { access.welcome() }),
            measurement("list", "list(text, category): $cards cards out", measure(LONG) { core.search(FEW) }),
            measurement(
                "callback",
                "observe(): until every change was delivered, per change",
                measure(LONG, ::observeAll) / CHANGES
            ),
            measurement("async", "circular(id), rejected without a network request", measure(LONG, ::callRejected))
        )
    }

    private fun observeAll() {
        val all = CountDownLatch(CHANGES)
        val observer = object : Observer {
            override fun onChange(change: Change) = all.countDown()
        }
        core.fos.observe(observer).use { all.await() }
    }

    private fun callRejected() = runBlocking {
        try {
            core.services.circular("no-such-service")
            error("the call should have been rejected")
        } catch (_: FosException.NotAllowed) {
        }
    }

    /** Returns the nanoseconds of one call: the median of batches, after a warm-up for the JIT compiler. */
    private fun measure(calls: Int = SHORT, call: () -> Unit): Double {
        repeat(BATCHES) { repeat(calls) { call() } }
        return median(List(BATCHES) { timed { repeat(calls) { call() } } / calls.toDouble() })
    }

    private companion object {
        const val FEW = "2"
        const val SHORT = 2_000
        const val LONG = 200
        const val BATCHES = 11
        val CHANGES = Change.entries.size
    }
}

/** A function of our library without arguments or work, bound like the generated bindings. */
@Suppress("ktlint:standard:function-naming", "FunctionName")
private object Empty {
    init {
        Native.register(Empty::class.java, "fos")
    }

    external fun ffi_fos_core_uniffi_contract_version(): Int
}
