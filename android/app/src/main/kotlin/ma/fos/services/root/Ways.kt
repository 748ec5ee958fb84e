package ma.fos.services.root

import androidx.compose.runtime.staticCompositionLocalOf
import ma.fos.core.NoticeAction

/** The ways that lead from any screen: to help, and to what a notice's button does. */
internal class Ways(val help: () -> Unit = {}, val follow: (NoticeAction) -> Unit = {})

internal val LocalWays = staticCompositionLocalOf { Ways() }
