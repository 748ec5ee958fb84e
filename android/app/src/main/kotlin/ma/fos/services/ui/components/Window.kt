package ma.fos.services.ui.components

import android.view.Window
import android.view.WindowManager
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.layout
import androidx.compose.ui.unit.dp
import androidx.core.view.WindowCompat
import java.util.WeakHashMap
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import ma.fos.services.ui.theme.LocalDark
import ma.fos.services.ui.theme.Tokens

/** Sets the icons of the system bars: white on the brand header and in the dark theme, dark otherwise. */
@Composable
internal fun StatusBarIcons(onBrand: Boolean) {
    val window = LocalActivity.current?.window ?: return
    val dark = LocalDark.current
    SideEffect {
        val bars = WindowCompat.getInsetsController(window, window.decorView)
        bars.isAppearanceLightStatusBars = !onBrand && !dark
        bars.isAppearanceLightNavigationBars = !dark
    }
}

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

/** Shows [content] after a delay: a shorter wait would only flash. */
@Composable
internal fun AfterDelay(content: @Composable () -> Unit) {
    var isVisible by remember { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        // By the main thread's clock, as what is drawn: Compose's own dispatcher counts by another.
        withContext(Dispatchers.Main.immediate) { delay(Tokens.Motion.loadingAfter.toLong()) }
        isVisible = true
    }
    if (isVisible) content()
}

/** Moves a 48 dp touch target outwards, so that its symbol is aligned with the margin. */
internal fun Modifier.outdent(atEnd: Boolean = false): Modifier = layout { measurable, constraints ->
    val placeable = measurable.measure(constraints)
    val out = OUTDENT.roundToPx()
    layout(placeable.width - out, placeable.height) { placeable.placeRelative(if (atEnd) 0 else -out, 0) }
}

private val OUTDENT = 11.dp
