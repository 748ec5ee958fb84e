package ma.fos.services.account

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
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.AfterAWhile
import ma.fos.services.parts.Block
import ma.fos.services.parts.CardShapes
import ma.fos.services.parts.Chip
import ma.fos.services.parts.Page
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.SideSymbol
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.Weight
import ma.fos.services.parts.WordsButton
import ma.fos.services.parts.margins
import ma.fos.services.parts.say
import ma.fos.services.root.LocalActs
import ma.fos.services.root.guarded
import ma.fos.services.theme.Tokens

/** Devices on which the member is signed in, and the action that ends a session elsewhere. */
@Composable
internal fun DevicesScreen(live: FosLive, onBack: () -> Unit) {
    val account = live.account
    val read = LocalActs.current.act("devices")
    val end = LocalActs.current.act("end-device")
    var view by remember { mutableStateOf<DevicesView?>(null) }
    val load = { read.run { view = account.devices() } }
    LaunchedEffect(live.language) { load() }
    DisposableEffect(Unit) {
        onDispose {
            read.settle()
            end.settle()
        }
    }
    DevicesContent(
        DevicesState(view, live.notices, end.problem ?: read.problem, read.working || end.working),
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
    Page("devices", top = { TopBar(say(Phrase.DEVICES), state.notices, events.onBack) }) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            state.problem?.let {
                ProblemCard(it)
                ActionButton(
                    ActionView("try-again", say(Phrase.TRY_AGAIN), null),
                    events.onRetry,
                    weight = Weight.OUTLINED,
                    symbol = "refresh"
                )
            }
            view?.let {
                Text(it.text, style = MaterialTheme.typography.bodyLarge)
                for (device in it.devices) Device(device, state.working) { events.onEnd(device.id) }
            }
        }
        if (view == null && state.problem == null) AfterAWhile { CardShapes() }
    }
}

@Composable
private fun Device(device: DeviceView, working: Boolean, onEnd: () -> Unit) {
    Block {
        Row(
            Modifier.padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.s),
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            SideSymbol("mobile")
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
                    val says = "${end.label}, ${device.name}"
                    WordsButton(
                        end.label,
                        guarded(end, onEnd),
                        Modifier.testTag("end:${device.id}").semantics { contentDescription = says },
                        symbol = "logout",
                        tint = MaterialTheme.colorScheme.error,
                        working = working
                    )
                }
            }
        }
    }
}
