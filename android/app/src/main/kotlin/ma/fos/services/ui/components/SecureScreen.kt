package ma.fos.services.ui.components

import android.view.Window
import android.view.WindowManager
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import java.util.WeakHashMap

/** Forbids screenshots (`FLAG_SECURE`) while the screen can show an identifier, an answer or a secret. */
@Composable
internal fun SecureScreen() {
    val window = LocalActivity.current?.window ?: return
    DisposableEffect(window) {
        secureScreenCounts[window] = secureScreenCounts.getOrDefault(window, 0) + 1
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        onDispose {
            val left = secureScreenCounts.getOrDefault(window, 0) - 1
            secureScreenCounts[window] = left
            if (left == 0) window.clearFlags(WindowManager.LayoutParams.FLAG_SECURE)
        }
    }
}

/** Number of such screens in a window: while one fades into the next there are two. On the main thread only. */
private val secureScreenCounts = WeakHashMap<Window, Int>()
