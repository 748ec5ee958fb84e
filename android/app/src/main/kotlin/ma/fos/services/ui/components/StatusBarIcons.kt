package ma.fos.services.ui.components

import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.compositionLocalOf
import androidx.core.view.WindowCompat
import ma.fos.services.ui.theme.LocalDark

/** True where the status bar has the brand's ground, whichever header is below it. */
internal val LocalIsStatusBarOnBrand = compositionLocalOf { false }

/** Sets the icons of the system bars: white on the brand header and in the dark theme, dark otherwise. */
@Composable
internal fun StatusBarIcons(onBrand: Boolean) {
    val window = LocalActivity.current?.window ?: return
    val dark = LocalDark.current
    val isOnBrand = onBrand || LocalIsStatusBarOnBrand.current
    SideEffect {
        val bars = WindowCompat.getInsetsController(window, window.decorView)
        bars.isAppearanceLightStatusBars = !isOnBrand && !dark
        bars.isAppearanceLightNavigationBars = !dark
    }
}
