package ma.fos.services.account

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
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.ActionWordsButton
import ma.fos.services.parts.Block
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.Weight
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** Signing out with work that was not sent: what becomes of it is asked first. */
@Composable
internal fun LeavingScreen(live: FosLive, onBack: () -> Unit) {
    val leave = LocalActs.current.act("sign-out")
    val read = remember(live.language, live.work) { read { live.account.signOutConfirmation() } }
    var chosen by rememberSaveable { mutableStateOf<UnsentWork?>(null) }
    // What is asked stays while the answer is carried out, which may leave nothing to ask about.
    var asked by remember { mutableStateOf(read.view) }
    LaunchedEffect(read, leave.working) {
        if (read.view != null) {
            asked = read.view
        } else if (read.problem == null && !leave.working) {
            onBack()
        }
    }
    DisposableEffect(leave) { onDispose { leave.settle() } }
    LeavingContent(
        LeavingState(
            asked ?: return QuietState(read.problem.orEmpty(), Modifier.testTag("sign-out")),
            live.notices,
            leave.problem,
            chosen.takeIf { leave.working }
        ),
        LeavingEvents(onBack) {
            chosen = it
            leave.run { live.account.signOut(it) }
        }
    )
}

/** State of the screen; [working] is the action that runs. */
internal data class LeavingState(
    val view: SignOutConfirmation,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val working: UnsentWork? = null
)

/** Events of the screen. */
internal class LeavingEvents(val onBack: () -> Unit, val onLeave: (UnsentWork) -> Unit)

@Composable
internal fun LeavingContent(state: LeavingState, events: LeavingEvents) {
    val view = state.view
    Page("sign-out", top = { TopBar(view.title, state.notices, events.onBack) }) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.l)
        ) {
            state.problem?.let { ProblemCard(it) }
            Text(view.text, style = MaterialTheme.typography.titleMedium)
            SendOrKeep(state, events.onLeave)
            HorizontalDivider(color = MaterialTheme.colorScheme.outlineVariant)
            ActionWordsButton(
                view.erase,
                { events.onLeave(UnsentWork.ERASE) },
                Modifier.fillMaxWidth(),
                symbol = "delete",
                tint = MaterialTheme.colorScheme.error,
                working = state.working == UnsentWork.ERASE
            )
        }
    }
}

/** The two ways that lose nothing. */
@Composable
private fun SendOrKeep(state: LeavingState, onLeave: (UnsentWork) -> Unit) {
    val view = state.view
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)) {
        view.sendNow?.let {
            val working = state.working == UnsentWork.SEND_NOW
            ActionButton(it, { onLeave(UnsentWork.SEND_NOW) }, working = working)
        }
        Block {
            Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.s)) {
                Text(view.keepLine, style = MaterialTheme.typography.bodyMedium)
                ActionButton(
                    view.keep,
                    { onLeave(UnsentWork.KEEP) },
                    weight = if (view.sendNow == null) Weight.PRIMARY else Weight.OUTLINED,
                    working = state.working == UnsentWork.KEEP
                )
            }
        }
    }
}
