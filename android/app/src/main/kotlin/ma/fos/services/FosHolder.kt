package ma.fos.services

import android.os.Handler
import android.os.Looper
import android.util.Log
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlin.concurrent.thread
import ma.fos.core.Config
import ma.fos.core.Fos
import ma.fos.core.OpenException
import ma.fos.core.Platform

/** Progress of opening the core. */
internal sealed interface Opening {
    /** Files and library are being opened. */
    data object Going : Opening

    /** The core is open. */
    data class Open(val live: FosLive) : Opening

    /** The core did not open. */
    data class Failed(val failure: OpeningFailure) : Opening
}

/**
 * Failure to open the core: its [reason] in the phone's language, `null` where no core is there to give one; its [code] for
 * the help desk; true in [canSetAside] if the core opens without the stored files.
 */
internal data class OpeningFailure(val reason: String?, val code: String, val canSetAside: Boolean = false)

/**
 * Opens the core once, off the main thread: it reads files, and its bindings warm up there too. [prepare] makes the key
 * store usable and may load a library; [inBackground] runs its argument on another thread.
 */
@Stable
internal class FosHolder(
    private val config: () -> AppConfig,
    private val prepare: () -> Unit,
    private val inBackground: (() -> Unit) -> Unit = { thread(name = "fos-open", block = it) }
) {
    var state by mutableStateOf<Opening>(Opening.Going)
        private set

    private val main = Handler(Looper.getMainLooper())
    private var away = false

    /** The app left the screen: what is not written yet is written, for it may be killed there. */
    fun leave() {
        away = true
        live?.fos?.pause()
    }

    /** The app is on the screen; back from elsewhere it looks for what is new. */
    fun arrive() {
        if (away) live?.fos?.resume()
        away = false
    }

    /** The open core. */
    val live get() = (state as? Opening.Open)?.live

    /** Opens, or tries again after a failure. */
    fun open() = open { core, platform -> Fos.open(core, platform) }

    /** Opens without the stored files, which are kept in a folder of their own. */
    fun openWithNewFiles() = open { core, platform -> Fos.openWithNewFiles(core, platform) }

    private fun open(opener: (Config, Platform) -> Fos) {
        state = Opening.Going
        inBackground {
            val (core, platform) = config()
            val opened = stateAfter(core) { opener(core, platform).also { it.phrases() } }
            main.post { state = opened() }
        }
    }

    /** Every failure leads to a page, also one that the bindings throw by themselves: a crash would say nothing. */
    private fun stateAfter(core: Config, open: () -> Fos): () -> Opening {
        val failure = try {
            prepare()
            val fos = open()
            return { Opening.Open(FosLive(fos, main)) }
        } catch (failed: OpenException.Storage) {
            OpeningFailure(failed.text, failed.code, canSetAside = true)
        } catch (failed: OpenException.Other) {
            OpeningFailure(failed.text, failed.code)
        } catch (failed: LinkageError) {
            unexplained(core, "LIBRARY", failed)
        } catch (failed: Exception) {
            unexplained(core, "INTERNAL", failed)
        }
        return { Opening.Failed(failure) }
    }

    /** Makes the code as the core does (`core/src/open_error.rs`). */
    private fun unexplained(core: Config, kind: String, failed: Throwable): OpeningFailure {
        Log.e("fos", "not opened", failed)
        return OpeningFailure(null, "${core.appVersion}-A-O-$kind")
    }
}
