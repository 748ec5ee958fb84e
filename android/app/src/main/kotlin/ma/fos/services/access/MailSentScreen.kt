package ma.fos.services.access

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
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.delay
import ma.fos.core.FactView
import ma.fos.core.FosException
import ma.fos.core.NoticeView
import ma.fos.core.PasswordSentView
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.ActionWordsButton
import ma.fos.services.parts.Block
import ma.fos.services.parts.Countdown
import ma.fos.services.parts.Hints
import ma.fos.services.parts.IdentifierText
import ma.fos.services.parts.LabelAndValue
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Steps
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.Weight
import ma.fos.services.parts.margins
import ma.fos.services.parts.read
import ma.fos.services.root.LocalActs
import ma.fos.services.root.LocalWays
import ma.fos.services.theme.Tokens

private const val SECOND = 1000L

/** Guide step 4: the mail is on its way. [onCorrect] tells whether the request's screen comes next. */
@Composable
internal fun MailSentScreen(live: FosLive, onHaveIt: () -> Unit, onCorrect: (Boolean) -> Unit) {
    val access = live.access
    val correct = LocalActs.current.act("correct-address")
    val ask = LocalActs.current.act("ask-again")
    var state by remember { mutableStateOf(read { access.passwordSent() }) }
    LaunchedEffect(live.language, ask.working) {
        do {
            state = read { access.passwordSent() }
            delay(SECOND)
        } while (state.view?.countdown != null)
    }
    DisposableEffect(Unit) {
        onDispose {
            correct.settle()
            ask.settle()
        }
    }
    MailSentContent(
        MailSentState(
            state.view ?: return QuietState(state.problem.orEmpty()),
            live.notices,
            correct.problem ?: ask.problem,
            correct.working,
            ask.working
        ),
        MailSentEvents(
            onHaveIt,
            onCorrect = {
                correct.run {
                    onCorrect(true)
                    try {
                        access.correctAddress()
                    } catch (failed: FosException) {
                        onCorrect(false)
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
internal class MailSentEvents(val onHaveIt: () -> Unit, val onCorrect: () -> Unit, val onAskAgain: () -> Unit)

@Composable
internal fun MailSentContent(state: MailSentState, events: MailSentEvents) {
    val view = state.view
    Page(
        "mail-sent",
        top = {
            TopBar(view.title, state.notices, onHelp = LocalWays.current.help)
        },
        bar = {
            ActionBar {
                ActionButton(view.haveIt, events.onHaveIt)
                val countdown = view.countdown
                if (countdown != null) {
                    Countdown(countdown)
                } else {
                    ActionButton(view.askAgain, events.onAskAgain, weight = Weight.OUTLINED, working = state.asking)
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
            OnItsWay()
            Text(
                view.ifMatch,
                Modifier.fillMaxWidth().semantics { heading() },
                style = MaterialTheme.typography.titleMedium,
                textAlign = TextAlign.Center
            )
            SentTo(state, events.onCorrect)
            Hints(view.hints)
        }
    }
}

@Composable
private fun OnItsWay() {
    val colours = MaterialTheme.colorScheme
    Box(Modifier.fillMaxWidth(), Alignment.Center) {
        Box(Modifier.size(72.dp).background(colours.primaryContainer, CircleShape), Alignment.Center) {
            Symbol("outgoing_mail", size = 38.dp, tint = colours.onPrimaryContainer)
        }
    }
}

@Composable
private fun SentTo(state: MailSentState, onCorrect: () -> Unit) {
    Block {
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
            Typed(state.view.typed)
            ActionWordsButton(
                state.view.correct,
                onCorrect,
                symbol = "edit",
                working = state.correcting
            )
        }
    }
}

/** Other answers of the request, to find a wrong letter in. */
@Composable
private fun Typed(facts: List<FactView>) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.l),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
    ) {
        for (fact in facts) LabelAndValue(fact, Modifier.semantics(mergeDescendants = true) {})
    }
}
