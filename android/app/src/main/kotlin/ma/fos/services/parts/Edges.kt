package ma.fos.services.parts

import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import ma.fos.services.theme.Tokens

/** Below the status bar and the camera's cut-out. */
@Composable
internal fun Modifier.clearTop() = windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Top))

/** Above the navigation bar, or above the keyboard while it is there. */
@Composable
internal fun Modifier.clearBottom() = windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Bottom))

/** Between the cut-out and the navigation bar that a phone on its side has at its ends. */
@Composable
internal fun Modifier.clearSides() = windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Horizontal))

/** The page's own margins, within what is clear. */
@Composable
internal fun Modifier.margins() = clearSides().padding(horizontal = Tokens.Space.page)
