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
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.delay
import ma.fos.core.FactView
import ma.fos.core.FosException
import ma.fos.core.NoticeView
import ma.fos.core.PasswordSentView
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.Countdown
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.Hints
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.LabelAndValue
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Steps
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.read
import ma.fos.services.ui.theme.Tokens

private const val SECOND = 1000L

/** Password mail sent; guide step 4. [onCorrectAddress] gets true if the request form is shown next. */
@Composable
internal fun MailSentScreen(core: CoreState, onPasswordReceived: () -> Unit, onCorrectAddress: (Boolean) -> Unit) {
    val access = core.access
    val correct = LocalAppViewModel.current.action("correct-address")
    val ask = LocalAppViewModel.current.action("ask-again")
    var state by remember { mutableStateOf(read { access.passwordSent() }) }
    LaunchedEffect(core.language, ask.isRunning) {
        do {
            state = read { access.passwordSent() }
            delay(SECOND)
        } while (state.view?.countdown != null)
    }
    DisposableEffect(Unit) {
        onDispose {
            correct.clearProblem()
            ask.clearProblem()
        }
    }
    MailSentContent(
        MailSentState(
            state.view ?: return EmptyState(state.problem.orEmpty()),
            core.notices,
            correct.problem ?: ask.problem,
            correct.isRunning,
            ask.isRunning
        ),
        MailSentEvents(
            onPasswordReceived,
            onCorrectAddress = {
                correct.run {
                    onCorrectAddress(true)
                    try {
                        access.correctAddress()
                    } catch (failed: FosException) {
                        onCorrectAddress(false)
                        throw failed
                    }
                }
            },
            onAskAgain = { ask.run { access.requestAgain() } }
        )
    )
}

/** State of the screen. */
internal data class MailSentState(
    val view: PasswordSentView,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val correcting: Boolean = false,
    val asking: Boolean = false
)

/** Events of the screen. */
internal class MailSentEvents(
    val onPasswordReceived: () -> Unit,
    val onCorrectAddress: () -> Unit,
    val onAskAgain: () -> Unit
)

@Composable
internal fun MailSentContent(state: MailSentState, events: MailSentEvents) {
    val view = state.view
    SecureScreen()
    ScreenScaffold(
        "mail-sent",
        top = {
            FosTopAppBar(view.title, state.notices, onHelp = LocalAppActions.current.onHelp)
        },
        bar = {
            ActionBar {
                ActionButton(view.haveIt, events.onPasswordReceived)
                val countdown = view.countdown
                if (countdown != null) {
                    Countdown(countdown)
                } else {
                    ActionButton(
                        view.askAgain,
                        events.onAskAgain,
                        emphasis = ButtonEmphasis.OUTLINED,
                        working = state.asking
                    )
                }
            }
        }
    ) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            Steps(view.steps)
            state.problem?.let { ProblemCard(it) }
            MailIllustration()
            Text(
                view.ifMatch,
                Modifier.fillMaxWidth().semantics { heading() },
                style = MaterialTheme.typography.titleMedium,
                textAlign = TextAlign.Center
            )
            SentTo(state, events.onCorrectAddress)
            Hints(view.hints)
        }
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
private fun SentTo(state: MailSentState, onCorrectAddress: () -> Unit) {
    FosCard {
        Column(
            Modifier.padding(start = 14.dp, end = 14.dp, top = 14.dp, bottom = Tokens.Space.xxs),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
        ) {
            Column(Modifier.semantics(mergeDescendants = true) {}) {
                Text(
                    state.view.sentToLabel,
                    style = MaterialTheme.typography.bodyMedium,
                    color = MaterialTheme.colorScheme.onSurfaceVariant
                )
                IdentifierText(state.view.sentTo, state.view.sentToLabel)
            }
            SubmittedAnswers(state.view.typed)
            GuardedTextButton(
                state.view.correct,
                onCorrectAddress,
                symbol = "edit",
                working = state.correcting
            )
        }
    }
}

/** Other submitted answers, to find typing errors in. */
@Composable
private fun SubmittedAnswers(facts: List<FactView>) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
    ) {
        for (fact in facts) LabelAndValue(fact, Modifier.semantics(mergeDescendants = true) {})
    }
}
