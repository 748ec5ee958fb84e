package ma.fos.services

import android.os.Handler
import android.os.Looper
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlin.concurrent.thread
import ma.fos.core.Fos
import ma.fos.core.FosException

/** How far the core is. */
internal sealed interface Opening {
    /** Files and library are being opened. */
    data object Going : Opening

    /** It stands. */
    data class Open(val live: FosLive) : Opening

    /** It does not, and says why. */
    data class Failed(val text: String) : Opening
}

/** Opens the core once, off the main thread: it reads files, and its bindings warm up there too. */
@Stable
internal class FosHolder(private val config: () -> AppConfig, private val prepare: () -> Unit) {
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
    fun open() {
        state = Opening.Going
        thread(name = "fos-open") {
            val opened = try {
                prepare()
                val (core, platform) = config()
                val fos = Fos.open(core, platform)
                fos.phrases()
                Result.success(fos)
            } catch (failed: FosException) {
                Result.failure(failed)
            }
            main.post { state = opened.fold({ Opening.Open(FosLive(it, main)) }, { Opening.Failed(it.told()) }) }
        }
    }

    private fun Throwable.told() = (this as? FosException)?.text.orEmpty()
}
