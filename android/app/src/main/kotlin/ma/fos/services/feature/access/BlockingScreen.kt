package ma.fos.services.feature.access

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import ma.fos.core.BlockingView
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.Mark
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight

/** Screen in place of sign-in during maintenance or when an update is required: reason, time, action. */
@Composable
internal fun BlockingScreen(core: CoreState, view: BlockingView) {
    val recheck = LocalAppViewModel.current.action("recheck")
    val context = LocalContext.current
    DisposableEffect(recheck) { onDispose { recheck.clearProblem() } }
    BlockingContent(BlockingState(view, recheck.problem, recheck.isRunning)) {
        val link = view.link
        if (link == null) recheck.run { core.fos.recheck() } else context.open(link)
    }
}

/** State of the screen. */
internal data class BlockingState(val view: BlockingView, val problem: String? = null, val working: Boolean = false)

@Composable
internal fun BlockingContent(state: BlockingState, onAct: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    ScreenScaffold(
        "gate",
        top = { FosTopAppBar("", emptyList(), onHelp = LocalAppActions.current.onHelp) },
        bar = { ActionBar { ActionButton(state.view.action, onAct, working = state.working) } }
    ) {
        Column(
            Modifier.fillMaxWidth().margins().padding(
                vertical = if (isCompactHeight) Tokens.Space.xs else Tokens.Space.xl
            ),
            Arrangement.spacedBy(Tokens.Space.l),
            Alignment.CenterHorizontally
        ) {
            state.problem?.let { ProblemCard(it) }
            if (!isCompactHeight) Mark(size = 104.dp, tiles = colours.surfaceContainerHighest, lit = colours.tertiary)
            Symbol(state.view.icon, size = 32.dp, tint = colours.onSurfaceVariant)
            Text(
                state.view.title,
                Modifier.semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
                textAlign = TextAlign.Center
            )
            Text(state.view.text, style = MaterialTheme.typography.bodyLarge, textAlign = TextAlign.Center)
        }
    }
}
