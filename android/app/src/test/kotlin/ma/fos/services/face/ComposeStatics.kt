package ma.fos.services.face

import android.view.Choreographer
import androidx.compose.ui.platform.AndroidUiDispatcher
import kotlin.coroutines.ContinuationInterceptor
import org.robolectric.util.ReflectionHelpers

/** State that Compose keeps for as long as a process lives, while Robolectric gives each launch a system of its own. */
internal object ComposeStatics {
    /**
     * Runs what Compose had posted to the main thread when the last launch ended. Robolectric has emptied the thread's
     * queue since, and Compose posts nothing more for as long as it believes that something is still to come.
     */
    fun runPending() {
        val dispatcher = AndroidUiDispatcher.Main[ContinuationInterceptor]
        val pending: Choreographer.FrameCallback = ReflectionHelpers.getField(dispatcher, "dispatchCallback")
        pending.doFrame(System.nanoTime())
    }

    /** Lets go of the launch's application, to which Compose has bound the scale of animations. */
    fun forgetApplication() {
        val owner = Class.forName("androidx.compose.ui.platform.WindowRecomposer_androidKt")
        ReflectionHelpers.getStaticField<MutableMap<*, *>>(owner, "animationScale").clear()
    }
}
