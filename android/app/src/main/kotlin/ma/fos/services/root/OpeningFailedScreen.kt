package ma.fos.services.root

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import java.util.Locale
import ma.fos.core.ActionView
import ma.fos.core.FactView
import ma.fos.core.HintView
import ma.fos.core.Identifier
import ma.fos.core.Language
import ma.fos.core.Phrase
import ma.fos.core.QuestionView
import ma.fos.services.FosHolder
import ma.fos.services.OpeningFailure
import ma.fos.services.R
import ma.fos.services.parts.ActionBar
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Asking
import ma.fos.services.parts.Block
import ma.fos.services.parts.CopiedFact
import ma.fos.services.parts.Hints
import ma.fos.services.parts.InLanguage
import ma.fos.services.parts.Mark
import ma.fos.services.parts.Page
import ma.fos.services.parts.Text
import ma.fos.services.parts.Weight
import ma.fos.services.parts.clearTop
import ma.fos.services.parts.margins
import ma.fos.services.parts.tag
import ma.fos.services.theme.FosTheme
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.isLow

/**
 * Page of a core that did not open: reason, code, advice and the ways on. Its words are the system's resources, which are
 * generated from the core's phrases, since there may be no core to give them.
 */
@Composable
internal fun OpeningFailedScreen(holder: FosHolder, failure: OpeningFailure) {
    var asking by rememberSaveable { mutableStateOf(false) }
    val phrases = mapOf(
        Phrase.CLOSE to stringResource(R.string.close),
        Phrase.COPY to stringResource(R.string.copy)
    )
    val events = OpeningFailedEvents(
        onRetry = holder::open,
        onAsk = { asking = it },
        onSetAside = {
            asking = false
            holder.openWithNewFiles()
        }
    )
    InLanguage(resourcesLanguage(), phrases) { FosTheme { OpeningFailedContent(failure, asking, events) } }
}

/** Returns the language of the system's resources, which is the default one on a phone in a third language. */
@Composable
private fun resourcesLanguage(): Language {
    val code = stringResource(R.string.language)
    return Language.entries.first { Locale.forLanguageTag(it.tag).language == code }
}

/** Actions of the page. */
internal class OpeningFailedEvents(val onRetry: () -> Unit, val onAsk: (Boolean) -> Unit, val onSetAside: () -> Unit)

@Composable
internal fun OpeningFailedContent(failure: OpeningFailure, asking: Boolean, events: OpeningFailedEvents) =
    Asking(setAsideQuestion().takeIf { asking }, events.onSetAside, { events.onAsk(false) }) {
        Page("opening-failed", bar = { OpeningFailedBar(failure, events) }) {
            Column(
                Modifier
                    .fillMaxWidth()
                    .clearTop()
                    .margins()
                    .padding(top = if (isLow) Tokens.Space.m else Tokens.Space.xl, bottom = Tokens.Space.l),
                verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
            ) {
                OpeningFailedText(failure)
                Block { CopiedFact("opening-code", codeFact(failure)) }
                Hints(hints())
            }
        }
    }

@Composable
private fun OpeningFailedText(failure: OpeningFailure) {
    val colours = MaterialTheme.colorScheme
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Tokens.Space.m), Alignment.CenterHorizontally) {
        if (!isLow) Mark(size = 72.dp, tiles = colours.surfaceContainerHighest, lit = colours.tertiary)
        Text(
            stringResource(R.string.title_opening_failed),
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.headlineMedium,
            textAlign = TextAlign.Center
        )
        Text(
            failure.reason ?: stringResource(R.string.error_app_incomplete),
            style = MaterialTheme.typography.bodyLarge,
            textAlign = TextAlign.Center
        )
    }
}

@Composable
private fun OpeningFailedBar(failure: OpeningFailure, events: OpeningFailedEvents) = ActionBar {
    ActionButton(ActionView("try-again", stringResource(R.string.try_again), null), events.onRetry)
    if (failure.canSetAside) {
        val setAside = ActionView("set-aside", stringResource(R.string.action_set_aside), null)
        ActionButton(setAside, { events.onAsk(true) }, weight = Weight.OUTLINED)
    }
}

@Composable
private fun codeFact(failure: OpeningFailure): FactView {
    val code = Identifier(shown = "\u2066${failure.code}\u2069", copied = failure.code, spoken = failure.code)
    return FactView(icon = null, label = stringResource(R.string.about_code), value = code, chip = null)
}

@Composable
private fun hints() = listOf(
    HintView("refresh", stringResource(R.string.opening_check_restart)),
    HintView("download", stringResource(R.string.opening_check_update)),
    HintView("call", stringResource(R.string.opening_check_call))
)

@Composable
private fun setAsideQuestion() = QuestionView(
    stringResource(R.string.question_set_aside),
    stringResource(R.string.question_set_aside_text),
    ActionView("set-aside-confirm", stringResource(R.string.action_set_aside_confirm), null),
    ActionView("set-aside-cancel", stringResource(R.string.action_set_aside_cancel), null)
)
