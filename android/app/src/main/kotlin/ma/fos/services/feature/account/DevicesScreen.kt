package ma.fos.services.feature.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import ma.fos.core.DeviceView
import ma.fos.core.Phrase
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.CardPlaceholders
import ma.fos.services.ui.components.Chip
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.RetryButton
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondarySymbol
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.guarded
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens

/** Devices on which the member is signed in, and the action that ends a session elsewhere. */
@Composable
internal fun DevicesRoute(core: CoreState, onBack: () -> Unit) {
    val model = screenViewModel { DevicesViewModel(core) }
    val uiState = model.state()
    DevicesScreen(uiState, model::onAction, onBack)
}

@Composable
internal fun DevicesScreen(uiState: DevicesUiState, onAction: (DevicesAction) -> Unit, onBack: () -> Unit = {}) {
    val view = uiState.view
    ScreenScaffold("devices", top = { FosTopAppBar(phrase(Phrase.DEVICES), onBack) }) {
        PageContent(gap = Tokens.Space.m) {
            uiState.problem?.let {
                ProblemCard(it)
                RetryButton({ onAction(DevicesAction.Retry) })
            }
            view?.let {
                Text(it.text, style = MaterialTheme.typography.bodyLarge)
                for (device in it.devices) Device(device, uiState.working) { onAction(DevicesAction.End(device.id)) }
            }
        }
        if (view == null && uiState.problem == null) AfterDelay { CardPlaceholders() }
    }
}

@Composable
private fun Device(device: DeviceView, working: Boolean, onEnd: () -> Unit) {
    FosCard {
        Row(
            Modifier.padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.s),
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            SecondarySymbol("mobile")
            Column(Modifier.weight(1f), Arrangement.spacedBy(Tokens.Space.xxs), Alignment.Start) {
                Column(Modifier.semantics(mergeDescendants = true) {}) {
                    Text(device.name, style = MaterialTheme.typography.titleMedium)
                    SecondaryText(device.line)
                }
                device.current?.let { Chip(it) }
                device.end?.let { end ->
                    val description = "${end.label}, ${device.name}"
                    TextActionButton(
                        end.label,
                        guarded(end, onEnd),
                        Modifier.testTag("end:${device.id}").semantics { contentDescription = description },
                        symbol = "logout",
                        tint = MaterialTheme.colorScheme.error,
                        working = working
                    )
                }
            }
        }
    }
}
