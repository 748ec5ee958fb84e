package ma.fos.services.feature.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
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
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import ma.fos.core.ActionView
import ma.fos.core.DeviceView
import ma.fos.core.DevicesView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.AfterDelay
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.CardPlaceholders
import ma.fos.services.ui.components.Chip
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondarySymbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.guarded
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens

/** Devices on which the member is signed in, and the action that ends a session elsewhere. */
@Composable
internal fun DevicesScreen(core: CoreState, onBack: () -> Unit) {
    val account = core.account
    val read = LocalAppViewModel.current.action("devices")
    val end = LocalAppViewModel.current.action("end-device")
    var view by remember { mutableStateOf<DevicesView?>(null) }
    val load = { read.run { view = account.devices() } }
    LaunchedEffect(core.language) { load() }
    DisposableEffect(Unit) {
        onDispose {
            read.clearProblem()
            end.clearProblem()
        }
    }
    DevicesContent(
        DevicesState(view, core.notices, end.problem ?: read.problem, read.isRunning || end.isRunning),
        DevicesEvents(
            onBack,
            onEnd = { id ->
                end.run {
                    account.endDevice(id)
                    view = account.devices()
                }
            },
            onRetry = load
        )
    )
}

/** State of the screen; no [view] until the portal has answered. */
internal data class DevicesState(
    val view: DevicesView?,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val working: Boolean = false
)

/** Events of the screen. */
internal class DevicesEvents(val onBack: () -> Unit, val onEnd: (String) -> Unit, val onRetry: () -> Unit)

@Composable
internal fun DevicesContent(state: DevicesState, events: DevicesEvents) {
    val view = state.view
    ScreenScaffold("devices", top = { FosTopAppBar(phrase(Phrase.DEVICES), state.notices, events.onBack) }) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            state.problem?.let {
                ProblemCard(it)
                ActionButton(
                    ActionView("try-again", phrase(Phrase.TRY_AGAIN), null),
                    events.onRetry,
                    emphasis = ButtonEmphasis.OUTLINED,
                    symbol = "refresh"
                )
            }
            view?.let {
                Text(it.text, style = MaterialTheme.typography.bodyLarge)
                for (device in it.devices) Device(device, state.working) { events.onEnd(device.id) }
            }
        }
        if (view == null && state.problem == null) AfterDelay { CardPlaceholders() }
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
                    Text(
                        device.line,
                        style = MaterialTheme.typography.bodyMedium,
                        color = MaterialTheme.colorScheme.onSurfaceVariant
                    )
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
