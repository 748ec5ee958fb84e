package ma.fos.services.feature.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import ma.fos.core.NoticeView
import ma.fos.core.SignOutConfirmation
import ma.fos.core.UnsentWork
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.read
import ma.fos.services.ui.theme.Tokens

/** Screen before signing out with unsent work: send, keep or erase it. */
@Composable
internal fun SignOutScreen(core: CoreState, onBack: () -> Unit) {
    val signOut = LocalAppViewModel.current.action("sign-out")
    val read = remember(core.language, core.requestsVersion) { read { core.account.signOutConfirmation() } }
    var running by rememberSaveable { mutableStateOf<UnsentWork?>(null) }
    // Stays on the screen while the sign-out runs, after which the core has none.
    var confirmation by remember { mutableStateOf(read.view) }
    LaunchedEffect(read, signOut.isRunning) {
        if (read.view != null) {
            confirmation = read.view
        } else if (read.problem == null && !signOut.isRunning) {
            onBack()
        }
    }
    DisposableEffect(signOut) { onDispose { signOut.clearProblem() } }
    SignOutContent(
        SignOutState(
            confirmation ?: return EmptyState(read.problem.orEmpty(), Modifier.testTag("sign-out")),
            core.notices,
            signOut.problem,
            running.takeIf { signOut.isRunning }
        ),
        SignOutEvents(onBack) {
            running = it
            signOut.run { core.account.signOut(it) }
        }
    )
}

/** State of the screen; [working] is the action that runs. */
internal data class SignOutState(
    val view: SignOutConfirmation,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val working: UnsentWork? = null
)

/** Events of the screen. */
internal class SignOutEvents(val onBack: () -> Unit, val onSignOut: (UnsentWork) -> Unit)

@Composable
internal fun SignOutContent(state: SignOutState, events: SignOutEvents) {
    val view = state.view
    ScreenScaffold("sign-out", top = { FosTopAppBar(view.title, state.notices, events.onBack) }) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
        ) {
            state.problem?.let { ProblemCard(it) }
            Text(view.text, style = MaterialTheme.typography.titleMedium)
            SendOrKeep(state, events.onSignOut)
            HorizontalDivider(color = MaterialTheme.colorScheme.outlineVariant)
            GuardedTextButton(
                view.erase,
                { events.onSignOut(UnsentWork.ERASE) },
                Modifier.fillMaxWidth(),
                symbol = "delete",
                tint = MaterialTheme.colorScheme.error,
                working = state.working == UnsentWork.ERASE
            )
        }
    }
}

/** The two options that lose nothing. */
@Composable
private fun SendOrKeep(state: SignOutState, onSignOut: (UnsentWork) -> Unit) {
    val view = state.view
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)) {
        view.sendNow?.let {
            val working = state.working == UnsentWork.SEND_NOW
            ActionButton(it, { onSignOut(UnsentWork.SEND_NOW) }, working = working)
        }
        FosCard {
            Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.s)) {
                Text(view.keepLine, style = MaterialTheme.typography.bodyMedium)
                ActionButton(
                    view.keep,
                    { onSignOut(UnsentWork.KEEP) },
                    emphasis = if (view.sendNow == null) ButtonEmphasis.PRIMARY else ButtonEmphasis.OUTLINED,
                    working = state.working == UnsentWork.KEEP
                )
            }
        }
    }
}
