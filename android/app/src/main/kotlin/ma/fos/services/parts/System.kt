package ma.fos.services.parts

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
import ma.fos.services.theme.LocalDark
import ma.fos.services.theme.Tokens

/** White icons in the system's bars on the brand header and in the dark, dark ones on paper. */
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

/** Forbids pictures of the screen while it can show an identifier, an answer or a secret. */
@Composable
internal fun NoPictures() {
    val window = LocalActivity.current?.window ?: return
    DisposableEffect(window) {
        curtains[window] = curtains.getOrDefault(window, 0) + 1
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        onDispose {
            val left = curtains.getOrDefault(window, 0) - 1
            curtains[window] = left
            if (left == 0) window.clearFlags(WindowManager.LayoutParams.FLAG_SECURE)
        }
    }
}

/** Number of such screens in a window: while one fades into the next there are two. On the main thread only. */
private val curtains = WeakHashMap<Window, Int>()

/** [content] once the wait has been long enough to be noticed: what comes sooner would only flash. */
@Composable
internal fun AfterAWhile(content: @Composable () -> Unit) {
    var noticed by remember { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        // By the main thread's clock, as what is drawn: Compose's own dispatcher counts by another.
        withContext(Dispatchers.Main.immediate) { delay(Tokens.Motion.loadingAfter.toLong()) }
        noticed = true
    }
    if (noticed) content()
}

/** Moves a 48 dp target out by the room around its symbol, so that the symbol itself stands on the margin. */
internal fun Modifier.outdent(atEnd: Boolean = false): Modifier = layout { measurable, constraints ->
    val placeable = measurable.measure(constraints)
    val out = OUTDENT.roundToPx()
    layout(placeable.width - out, placeable.height) { placeable.placeRelative(if (atEnd) 0 else -out, 0) }
}

private val OUTDENT = 11.dp
