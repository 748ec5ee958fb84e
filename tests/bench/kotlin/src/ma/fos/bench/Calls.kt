package ma.fos.bench

import com.sun.jna.Native
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.runBlocking
import ma.fos.core.Change
import ma.fos.core.FosException
import ma.fos.core.Watcher

/** What a call across the border costs by its shape, over an empty one. What the core does meanwhile is in it. */
internal class Calls(private val ours: Ours) {
    fun all(): List<Said> {
        val empty = each { Empty.ffi_fos_core_uniffi_contract_version() }
        val said = { row: String, note: String, cost: Double -> Said("ffi-$row", cost, empty, "ns", note) }
        val fos = ours.fos
        val access = fos.access()
        val form = access.signIn()
        val cards = ours.search(FEW)
        return listOf(
            said("nothing", "stage()", each { fos.stage() }),
            said("object", "services(): a handle, and its cleaner", each { fos.services() }),
            said("text", "set(key, input): two texts in, the fields out", each { form.set("ppr", Given.PPR) }),
            said("record", "welcome()", each { access.welcome() }),
            said("list", "list(text, category): $cards cards out", each(LONG) { ours.search(FEW) }),
            said(
                "callback",
                "watch(): until it has heard of everything, for one change",
                each(LONG, ::heardAll) / CHANGES
            ),
            said("async", "circular(id), refused without the network", each(LONG, ::refused))
        )
    }

    private fun heardAll() {
        val all = CountDownLatch(CHANGES)
        val watcher = object : Watcher {
            override fun changed(change: Change) = all.countDown()
        }
        ours.fos.watch(watcher).use { all.await() }
    }

    private fun refused() = runBlocking {
        try {
            ours.services.circular("no-such-service")
            error("it should have been refused")
        } catch (_: FosException.NotAllowed) {
        }
    }

    /** Nanoseconds for one call: the median of batches, once the JVM has compiled it. */
    private fun each(calls: Int = SHORT, call: () -> Unit): Double {
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

/** A function of our own library that takes nothing and does nothing, bound as the bindings bind theirs. */
@Suppress("ktlint:standard:function-naming", "FunctionName")
private object Empty {
    init {
        Native.register(Empty::class.java, "fos")
    }

    external fun ffi_fos_core_uniffi_contract_version(): Int
}
