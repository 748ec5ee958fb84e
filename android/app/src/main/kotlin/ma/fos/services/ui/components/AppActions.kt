package ma.fos.services.ui.components

import androidx.compose.runtime.staticCompositionLocalOf
import ma.fos.core.NoticeAction

/** Actions that every screen offers: [onHelp], and [onNotice] for the button of a notice. */
internal class AppActions(val onHelp: () -> Unit = {}, val onNotice: (NoticeAction) -> Unit = {})

internal val LocalAppActions = staticCompositionLocalOf { AppActions() }
