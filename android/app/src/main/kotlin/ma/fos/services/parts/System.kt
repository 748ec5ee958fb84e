package ma.fos.services.parts

import android.app.Activity
import android.view.WindowManager
import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.SideEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.layout
import androidx.compose.ui.unit.dp
import androidx.core.view.WindowCompat

/** White icons in the system's bar on the brand header and in the dark, dark ones on paper. */
@Composable
internal fun StatusBarIcons(onBrand: Boolean) {
    val window = LocalActivity.current?.window ?: return
    val dark = isSystemInDarkTheme()
    SideEffect {
        WindowCompat.getInsetsController(window, window.decorView).isAppearanceLightStatusBars = !onBrand && !dark
    }
}

/** While a secret can be shown here, the system takes no picture of the screen. */
@Composable
internal fun NoPictures() {
    val activity: Activity = LocalActivity.current ?: return
    DisposableEffect(activity) {
        activity.window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        onDispose { activity.window.clearFlags(WindowManager.LayoutParams.FLAG_SECURE) }
    }
}

/** Moves a 48 dp target out by the room around its symbol, so that the symbol itself stands on the margin. */
internal fun Modifier.outdent(): Modifier = layout { measurable, constraints ->
    val placeable = measurable.measure(constraints)
    val out = OUTDENT.roundToPx()
    layout(placeable.width - out, placeable.height) { placeable.placeRelative(-out, 0) }
}

private val OUTDENT = 11.dp
