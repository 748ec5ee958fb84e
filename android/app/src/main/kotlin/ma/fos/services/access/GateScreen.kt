package ma.fos.services.access

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
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Mark
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.margins
import ma.fos.services.parts.open
import ma.fos.services.root.LocalActs
import ma.fos.services.root.LocalWays
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.isLow

/** Nobody can be let in now: why, until when, and what to do. Help stays within reach. */
@Composable
internal fun GateScreen(live: FosLive, view: BlockingView) {
    val look = LocalActs.current.act("recheck")
    val context = LocalContext.current
    DisposableEffect(look) { onDispose { look.settle() } }
    GateContent(GateState(view, look.problem, look.working)) {
        val link = view.link
        if (link == null) look.run { live.fos.recheck() } else context.open(link)
    }
}

/** State of the screen. */
internal data class GateState(val view: BlockingView, val problem: String? = null, val working: Boolean = false)

@Composable
internal fun GateContent(state: GateState, onAct: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Page(
        "gate",
        top = { TopBar("", emptyList(), onHelp = LocalWays.current.help) },
        bar = { ActionBar { ActionButton(state.view.action, onAct, working = state.working) } }
    ) {
        Column(
            Modifier.fillMaxWidth().margins().padding(vertical = if (isLow) Tokens.Space.xs else Tokens.Space.xl),
            Arrangement.spacedBy(Tokens.Space.l),
            Alignment.CenterHorizontally
        ) {
            state.problem?.let { ProblemCard(it) }
            if (!isLow) Mark(size = 104.dp, tiles = colours.surfaceContainerHighest, lit = colours.tertiary)
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
