package ma.fos.services.core

import android.os.Handler
import android.os.Looper
import android.util.Log
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import ma.fos.core.Config
import ma.fos.core.Fos
import ma.fos.core.OpenException
import ma.fos.core.Platform
import ma.fos.core.markUiThread

/** Progress of opening the core. */
internal sealed interface LoadState {
    /** The core is being opened. */
    data object Loading : LoadState

    /** The core is open. */
    data class Ready(val core: CoreState) : LoadState

    /** The core did not open. */
    data class Failed(val failure: LoadFailure) : LoadState
}

/**
 * Failure to open the core: its [reason] in the phone's language, `null` where no core is there to give one; its [code] for
 * the help desk; true in [canOpenWithNewFiles] if the core opens without the stored files.
 */
internal data class LoadFailure(val reason: String?, val code: String, val canOpenWithNewFiles: Boolean = false)

/**
 * Opens the core once, off the main thread: it reads files, and its bindings warm up there too. [prepare] makes the key
 * store usable and may load a library. Opening, pausing and resuming run on [worker], one after another.
 */
@Stable
internal class CoreLoader(
    private val config: () -> AppConfig,
    private val prepare: () -> Unit,
    worker: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(1)
) {
    var state by mutableStateOf<LoadState>(LoadState.Loading)
        private set

    private val main = Handler(Looper.getMainLooper())

    // Outlives every activity: what is typed is written although the screen is gone.
    private val scope = CoroutineScope(worker)
    private var isInBackground = false

    /** Version of the app, once its configuration is read. */
    private var version = "0"

    /** Flushes what is not written yet: the app has left the screen, and may be killed there. Ends with the returned job. */
    fun onBackground(): Job {
        isInBackground = true
        val fos = core?.fos
        return scope.launch { fos?.pause() }
    }

    /** Refreshes if the app comes back from the background. */
    fun onForeground() {
        val fos = core?.fos
        if (isInBackground) scope.launch { fos?.resume() }
        isInBackground = false
    }

    /** The open core; `null` while it opens, and if that failed. */
    val core get() = (state as? LoadState.Ready)?.core

    /** Opens, or tries again after a failure. */
    fun open() = open { config, platform -> Fos.open(config, platform) }

    /** Opens without the stored files, which are kept in a folder of their own. */
    fun openWithNewFiles() = open { config, platform -> Fos.openWithNewFiles(config, platform) }

    /** Every failure is shown on a screen, also one that the bindings throw: a crash would explain nothing. */
    private fun open(opener: (Config, Platform) -> Fos) {
        state = LoadState.Loading
        scope.launch {
            val opened = runCatching {
                val (config, platform) = config()
                version = config.appVersion
                prepare()
                opener(config, platform).also { it.phrases() }
            }
            main.post {
                val core = opened.mapCatching {
                    // A development build then refuses every read of a file on this thread.
                    markUiThread()
                    CoreState(it, main)
                }
                state = core.fold({ LoadState.Ready(it) }, { LoadState.Failed(failure(it)) })
            }
        }
    }

    private fun failure(failed: Throwable): LoadFailure = when (failed) {
        is OpenException.Storage -> LoadFailure(failed.text, failed.code, canOpenWithNewFiles = true)
        is OpenException.Other -> LoadFailure(failed.text, failed.code)
        is LinkageError -> unexpectedFailure("LIBRARY", failed)
        else -> unexpectedFailure("INTERNAL", failed)
    }

    /** Returns a failure with a code in the core's format (`core/src/open_error.rs`). */
    private fun unexpectedFailure(kind: String, failed: Throwable): LoadFailure {
        Log.e("fos", "not opened", failed)
        return LoadFailure(null, "$version-A-O-$kind")
    }
}
