package ma.fos.services.feature.help

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
import ma.fos.services.R
import ma.fos.services.core.CoreLoader
import ma.fos.services.core.LoadFailure
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.ConfirmationSheet
import ma.fos.services.ui.components.CopyableFact
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.GreyMark
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.Hints
import ma.fos.services.ui.components.LocalizedContent
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.tag
import ma.fos.services.ui.components.topInset
import ma.fos.services.ui.theme.FosTheme
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight
import ma.fos.services.ui.theme.isStackedLayout

/**
 * Page of a core that did not open: reason, code, advice and the ways on. Its words are the system's resources, which are
 * generated from the core's phrases, since there may be no core to give them.
 */
@Composable
internal fun OpeningFailedRoute(loader: CoreLoader, failure: LoadFailure) {
    var isConfirming by rememberSaveable { mutableStateOf(false) }
    val phrases = mapOf(
        Phrase.CLOSE to stringResource(R.string.close),
        Phrase.COPY to stringResource(R.string.copy)
    )
    val actions = OpeningFailedActions(
        onRetry = loader::open,
        onAsk = { isConfirming = it },
        onOpenWithNewFiles = {
            isConfirming = false
            loader.openWithNewFiles()
        }
    )
    LocalizedContent(resourcesLanguage(), phrases) { FosTheme { OpeningFailedScreen(failure, isConfirming, actions) } }
}

/** Returns the language of the system's resources, which is the default one on a phone in a third language. */
@Composable
private fun resourcesLanguage(): Language {
    val code = stringResource(R.string.language)
    return Language.entries.first { Locale.forLanguageTag(it.tag).language == code }
}

/** Actions of the page. */
internal class OpeningFailedActions(
    val onRetry: () -> Unit,
    val onAsk: (Boolean) -> Unit,
    val onOpenWithNewFiles: () -> Unit
)

@Composable
internal fun OpeningFailedScreen(failure: LoadFailure, isConfirming: Boolean, actions: OpeningFailedActions) =
    ConfirmationSheet(
        setAsideQuestion().takeIf {
            isConfirming
        },
        actions.onOpenWithNewFiles,
        { actions.onAsk(false) }
    ) {
        ScreenScaffold("opening-failed", bar = { OpeningFailedBar(failure, actions) }) {
            Column(
                Modifier
                    .fillMaxWidth()
                    .topInset()
                    .margins()
                    .padding(top = if (isCompactHeight) Tokens.Space.m else Tokens.Space.xl, bottom = Tokens.Space.l),
                verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
            ) {
                OpeningFailedText(failure)
                FosCard { CopyableFact("opening-code", codeFact(failure)) }
                Hints(hints())
                if (failure.canOpenWithNewFiles && isStackedLayout) SetAsideButton(actions)
            }
        }
    }

@Composable
private fun OpeningFailedText(failure: LoadFailure) {
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Tokens.Space.m), Alignment.CenterHorizontally) {
        if (!isCompactHeight) GreyMark(72.dp)
        Heading(
            stringResource(R.string.title_opening_failed),
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
private fun OpeningFailedBar(failure: LoadFailure, actions: OpeningFailedActions) = ActionBar {
    ActionButton(ActionView("try-again", stringResource(R.string.try_again), null), actions.onRetry)
    // At large font sizes the bar has room for the main action only.
    if (failure.canOpenWithNewFiles && !isStackedLayout) SetAsideButton(actions)
}

@Composable
private fun SetAsideButton(actions: OpeningFailedActions) {
    val setAside = ActionView("set-aside", stringResource(R.string.action_set_aside), null)
    ActionButton(setAside, { actions.onAsk(true) }, emphasis = ButtonEmphasis.OUTLINED)
}

@Composable
private fun codeFact(failure: LoadFailure): FactView {
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
