package ma.fos.services.feature.access

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import ma.fos.core.BlockingView
import ma.fos.services.core.ActionState
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GreyMark
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight

/** Screen in place of sign-in during maintenance or when an update is required: reason, time, action. */
@Composable
internal fun BlockingRoute(core: CoreState, view: BlockingView) {
    val model = screenViewModel { BlockingViewModel(core) }
    val uiState = model.state()
    val context = LocalContext.current
    BlockingScreen(view, uiState) {
        val link = view.link
        if (link == null) model.recheck() else context.open(link)
    }
}

@Composable
internal fun BlockingScreen(view: BlockingView, uiState: ActionState, onAct: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    ScreenScaffold(
        "gate",
        top = { FosTopAppBar("", onHelp = LocalAppActions.current.onHelp, notices = emptyList()) },
        bar = { ActionBar { ActionButton(view.action, onAct, working = uiState.isRunning) } }
    ) {
        Column(
            Modifier.fillMaxWidth().margins().padding(
                vertical = if (isCompactHeight) Tokens.Space.xs else Tokens.Space.xl
            ),
            Arrangement.spacedBy(Tokens.Space.l),
            Alignment.CenterHorizontally
        ) {
            uiState.problem?.let { ProblemCard(it) }
            if (!isCompactHeight) GreyMark(104.dp)
            Symbol(view.icon, size = 32.dp, tint = colours.onSurfaceVariant)
            Heading(view.title, style = MaterialTheme.typography.headlineMedium, textAlign = TextAlign.Center)
            Text(view.text, style = MaterialTheme.typography.bodyLarge, textAlign = TextAlign.Center)
        }
    }
}
