package ma.fos.services.feature.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import ma.fos.core.SignOutConfirmation
import ma.fos.core.UnsentWork
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens

/** Screen before signing out with unsent work: send, keep or erase it. It closes when there is none any more. */
@Composable
internal fun SignOutRoute(core: CoreState, onBack: () -> Unit) {
    val model = screenViewModel { SignOutViewModel(core) }
    val uiState = model.state()
    EventEffect(model) { onBack() }
    SignOutScreen(uiState, model::signOut, onBack)
}

@Composable
internal fun SignOutScreen(uiState: SignOutUiState, onSignOut: (UnsentWork) -> Unit, onBack: () -> Unit = {}) {
    var isConfirming by rememberSaveable { mutableStateOf(false) }
    ConfirmationSheet(
        uiState.view?.eraseQuestion?.takeIf { isConfirming },
        onConfirm = {
            isConfirming = false
            onSignOut(UnsentWork.ERASE)
        },
        onCancel = { isConfirming = false }
    ) { SignOut(uiState, onSignOut, onBack) { isConfirming = true } }
}

@Composable
private fun SignOut(uiState: SignOutUiState, onSignOut: (UnsentWork) -> Unit, onBack: () -> Unit, onErase: () -> Unit) {
    val view = uiState.view
    ScreenScaffold("sign-out", top = { FosTopAppBar(view?.title.orEmpty(), onBack) }) {
        uiState.unread?.let { EmptyState(it) }
        if (view == null) return@ScreenScaffold
        PageContent {
            uiState.problem?.let { ProblemCard(it) }
            Text(view.text, style = MaterialTheme.typography.titleMedium)
            SendOrKeep(view, uiState.working, onSignOut)
            HorizontalDivider()
            GuardedTextButton(
                view.erase,
                onErase,
                symbol = "delete",
                tint = MaterialTheme.colorScheme.error,
                working = uiState.working == UnsentWork.ERASE
            )
        }
    }
}

/** The two options that lose nothing. */
@Composable
private fun SendOrKeep(view: SignOutConfirmation, running: UnsentWork?, onSignOut: (UnsentWork) -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)) {
        view.sendNow?.let {
            val working = running == UnsentWork.SEND_NOW
            ActionButton(it, { onSignOut(UnsentWork.SEND_NOW) }, working = working)
        }
        FosCard {
            Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.s)) {
                Text(view.keepLine, style = MaterialTheme.typography.bodyMedium)
                ActionButton(
                    view.keep,
                    { onSignOut(UnsentWork.KEEP) },
                    emphasis = if (view.sendNow == null) ButtonEmphasis.PRIMARY else ButtonEmphasis.OUTLINED,
                    working = running == UnsentWork.KEEP
                )
            }
        }
    }
}
