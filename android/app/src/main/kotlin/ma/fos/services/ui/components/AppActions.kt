package ma.fos.services.ui.components

import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.staticCompositionLocalOf
import ma.fos.core.NoticeAction
import ma.fos.core.NoticeView

/** Actions that every screen offers: [onHelp], and [onNotice] for the button of a notice. */
internal class AppActions(
    val onHelp: () -> Unit = {},
    val isHelpOpen: () -> Boolean = { false },
    val onNotice: (NoticeAction) -> Unit = {}
)

internal val LocalAppActions = staticCompositionLocalOf { AppActions() }

/** Notices of the app, the most important first; a header shows one. */
internal val LocalNotices = compositionLocalOf { emptyList<NoticeView>() }
