package ma.fos.services.checks

import android.app.Application
import android.graphics.Bitmap
import android.graphics.Canvas
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.AndroidUiDispatcher
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.unit.Density
import java.io.File
import java.time.Duration
import kotlin.coroutines.ContinuationInterceptor
import ma.fos.services.R
import ma.fos.services.composeRoot
import ma.fos.services.pump
import ma.fos.services.settle
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment

/** Draws one composable after another in one window. */
internal class Bench {
    private var shown: (@Composable () -> Unit)? by mutableStateOf(null)
    private var scale by mutableStateOf(1f)
    private val controller = Robolectric.buildActivity(ComponentActivity::class.java)
    val activity: ComponentActivity

    init {
        freeDispatcher()
        val application: Application = RuntimeEnvironment.getApplication()
        Settings.Global.putFloat(application.contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 0f)
        activity = controller.get()
        activity.setTheme(R.style.Theme_Fos)
        controller.setup()
        activity.setContent {
            val density = LocalDensity.current
            CompositionLocalProvider(LocalDensity provides Density(density.density, scale)) {
                key(shown) { shown?.invoke() }
            }
        }
    }

    /** Shows [content] with letters [scale] times as large, [after] so long a time, and answers its root. */
    fun show(after: Duration = Duration.ZERO, scale: Float = 1f, content: @Composable () -> Unit): ViewRootForTest {
        this.scale = scale
        shown = content
        activity.window.decorView.settle()
        if (!after.isZero) {
            pump(after)
            activity.window.decorView.settle()
        }
        return checkNotNull(activity.window.decorView.composeRoot())
    }

    /** From now on keys go to the window: it is the one in use. */
    fun takeKeys() {
        controller.windowFocusChanged(true)
        activity.window.decorView.settle()
    }

    /** Draws the content that is shown. */
    fun draw(): Bitmap {
        val view = activity.window.decorView
        return Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888).also { view.draw(Canvas(it)) }
    }
}

/**
 * Frees Compose's dispatcher of the main thread, which all tests of a process share: one that ended while a dispatch was posted,
 * which Robolectric then drops, would hold up every later window.
 */
private fun freeDispatcher() {
    val dispatcher = checkNotNull(AndroidUiDispatcher.Main[ContinuationInterceptor])
    for (name in listOf("scheduledTrampolineDispatch", "scheduledFrameDispatch")) {
        dispatcher.javaClass.getDeclaredField(name).apply { isAccessible = true }.setBoolean(dispatcher, false)
    }
}

/** Keeps the picture under the folder the build names. */
internal fun Bitmap.keep(name: String) {
    val file = File(checkNotNull(System.getProperty("fos.pictures")), "$name.png")
    file.parentFile?.mkdirs()
    file.outputStream().use { compress(Bitmap.CompressFormat.PNG, BEST, it) }
}

private const val BEST = 100
