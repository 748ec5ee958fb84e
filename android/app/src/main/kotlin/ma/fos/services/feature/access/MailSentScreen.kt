package ma.fos.services.feature.access

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import ma.fos.core.FactView
import ma.fos.core.PasswordSentView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.Countdown
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.Hints
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.LabelAndIdentifier
import ma.fos.services.ui.components.LabelAndValue
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Steps
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout

/** Password mail sent; guide step 4. [onCorrectAddress] gets true if the request form is shown next. */
@Composable
internal fun MailSentRoute(core: CoreState, onPasswordReceived: () -> Unit, onCorrectAddress: (Boolean) -> Unit) {
    val model = screenViewModel { MailSentViewModel(core) }
    val uiState = model.state()
    EventEffect(model) { onCorrectAddress(false) }
    val onAction = { action: MailSentAction ->
        if (action == MailSentAction.CorrectAddress) onCorrectAddress(true)
        model.onAction(action)
    }
    MailSentScreen(uiState, onAction, onPasswordReceived)
}

@Composable
internal fun MailSentScreen(
    uiState: MailSentUiState,
    onAction: (MailSentAction) -> Unit,
    onPasswordReceived: () -> Unit = {}
) {
    val view = uiState.read.view ?: return EmptyState(uiState.read.problem.orEmpty())
    SecureScreen()
    ScreenScaffold(
        "mail-sent",
        top = { FosTopAppBar(view.title, onHelp = LocalAppActions.current.onHelp) },
        bar = {
            ActionBar {
                ActionButton(view.haveIt, onPasswordReceived)
                if (!isStackedLayout) AskAgain(view, uiState.asking) { onAction(MailSentAction.AskAgain) }
            }
        }
    ) {
        PageContent(gap = Tokens.Space.m) {
            Steps(view.steps)
            uiState.problem?.let { ProblemCard(it) }
            if (!isStackedLayout) MailIllustration()
            Heading(view.ifMatch, Modifier.fillMaxWidth(), textAlign = TextAlign.Center)
            SentTo(view, uiState.correcting) { onAction(MailSentAction.CorrectAddress) }
            Hints(view.hints)
            // At large font sizes the bar has room for the main action only.
            if (isStackedLayout) AskAgain(view, uiState.asking) { onAction(MailSentAction.AskAgain) }
        }
    }
}

@Composable
private fun AskAgain(view: PasswordSentView, asking: Boolean, onClick: () -> Unit) {
    val countdown = view.countdown
    if (countdown != null) {
        Countdown(countdown)
    } else {
        ActionButton(view.askAgain, onClick, emphasis = ButtonEmphasis.OUTLINED, working = asking)
    }
}

@Composable
private fun MailIllustration() {
    val colours = MaterialTheme.colorScheme
    Box(Modifier.fillMaxWidth(), Alignment.Center) {
        Box(Modifier.size(72.dp).background(colours.primaryContainer, CircleShape), Alignment.Center) {
            Symbol("outgoing_mail", size = 38.dp, tint = colours.onPrimaryContainer)
        }
    }
}

@Composable
private fun SentTo(view: PasswordSentView, correcting: Boolean, onCorrectAddress: () -> Unit) {
    FosCard {
        Column(
            Modifier.padding(start = 14.dp, end = 14.dp, top = 14.dp, bottom = Tokens.Space.xxs),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
        ) {
            LabelAndIdentifier(view.sentToLabel, view.sentTo)
            FlowRow(
                horizontalArrangement = Arrangement.spacedBy(Tokens.Space.l),
                verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
            ) {
                for (fact in view.typed) LabelAndValue(fact, Modifier.semantics(mergeDescendants = true) {})
            }
            GuardedTextButton(view.correct, onCorrectAddress, symbol = "edit", working = correcting)
        }
    }
}
