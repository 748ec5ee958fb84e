package ma.fos.services.face

import android.view.Choreographer
import androidx.compose.ui.platform.AndroidUiDispatcher
import androidx.core.content.FileProvider
import kotlin.coroutines.ContinuationInterceptor
import org.robolectric.util.ReflectionHelpers

/** State that libraries keep for as long as a process lives, while Robolectric gives each launch a system of its own. */
internal object ProcessStatics {
    /**
     * Runs what Compose had posted to the main thread when the last launch ended. Robolectric has emptied the thread's
     * queue since, and Compose posts nothing more for as long as it believes that something is still to come.
     */
    fun runPending() {
        val dispatcher = AndroidUiDispatcher.Main[ContinuationInterceptor]
        val pending: Choreographer.FrameCallback = ReflectionHelpers.getField(dispatcher, "dispatchCallback")
        pending.doFrame(System.nanoTime())
    }

    /** Clears what is bound to the launch's application: Compose's scale of animations, the folders of shared files. */
    fun clearApplication() {
        val owner = Class.forName("androidx.compose.ui.platform.WindowRecomposer_androidKt")
        ReflectionHelpers.getStaticField<MutableMap<*, *>>(owner, "animationScale").clear()
        ReflectionHelpers.getStaticField<MutableMap<*, *>>(FileProvider::class.java, "sCache").clear()
    }
}
