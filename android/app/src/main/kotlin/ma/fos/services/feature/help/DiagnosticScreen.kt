package ma.fos.services.feature.help

import android.content.ClipData
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.platform.LocalClipboard
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.toClipEntry
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.style.TextIndent
import androidx.compose.ui.unit.em
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import kotlinx.coroutines.launch
import ma.fos.core.DiagnosticView
import ma.fos.core.Phrase
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.LocalSnackbarMessage
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TwoActions
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.share
import ma.fos.services.ui.theme.Tokens

/** Screen with the last lines of the log, read once when it opens, to copy and share. */
@Composable
internal fun DiagnosticRoute(core: CoreState, onBack: () -> Unit) {
    val state by core.state.collectAsStateWithLifecycle()
    val view = remember(state.language) { core.fos.diagnostic() }
    val context = LocalContext.current
    val clipboard = LocalClipboard.current
    val scope = rememberCoroutineScope()
    val snackbar = LocalSnackbarMessage.current
    val copied = phrase(Phrase.COPIED)
    val navigation = DiagnosticNavigation(
        onBack,
        onCopy = {
            scope.launch {
                clipboard.setClipEntry(ClipData.newPlainText(view.title, view.copied).toClipEntry())
                snackbar.text = copied
            }
        },
        onShare = { context.share(view.copied) }
    )
    DiagnosticScreen(view, navigation)
}

/** Actions of the page. */
internal class DiagnosticNavigation(val onBack: () -> Unit, val onCopy: () -> Unit, val onShare: () -> Unit)

/** Without lines there is nothing to copy or to share. The buttons stand before the lines, which may be two hundred. */
@Composable
internal fun DiagnosticScreen(view: DiagnosticView, navigation: DiagnosticNavigation) {
    ScreenScaffold("diagnostic", top = { FosTopAppBar(view.title, navigation.onBack, notices = emptyList()) }) {
        PageContent(gap = Tokens.Space.m) {
            Text(view.text, style = MaterialTheme.typography.bodyLarge)
            if (view.lines.isNotEmpty()) {
                TwoActions(
                    view.share,
                    navigation.onShare,
                    isPrimaryRunning = false,
                    secondary = view.copy,
                    onSecondaryClick = navigation.onCopy,
                    isSecondaryRunning = false
                )
                Lines(view.lines)
            }
        }
    }
}

/** One text, which is laid out once and can be selected across its lines; what wraps is indented. */
@Composable
private fun Lines(lines: List<String>) {
    val style = MaterialTheme.typography.bodySmall.copy(
        fontFamily = FontFamily.Monospace,
        textIndent = TextIndent(restLine = 1.em)
    )
    SelectionContainer { EnglishText(remember(lines) { lines.joinToString("\n") }, style) }
}
