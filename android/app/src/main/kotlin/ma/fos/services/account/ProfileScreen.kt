package ma.fos.services.account

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.core.ProfileView
import ma.fos.core.Theme
import ma.fos.core.UnsentWork
import ma.fos.services.FosLive
import ma.fos.services.parts.ActionWordsButton
import ma.fos.services.parts.CopyButton
import ma.fos.services.parts.IdentifierText
import ma.fos.services.parts.ProblemCard
import ma.fos.services.parts.Read
import ma.fos.services.parts.Segment
import ma.fos.services.parts.Segments
import ma.fos.services.parts.Sheet
import ma.fos.services.parts.SideSymbol
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.Text
import ma.fos.services.parts.WayRow
import ma.fos.services.parts.read
import ma.fos.services.parts.say
import ma.fos.services.parts.voice
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles
import ma.fos.services.theme.stacked

/** Behind the member's picture: who they are here, their language, the way out. */
@Composable
internal fun ProfileScreen(live: FosLive, ways: ProfileWays) {
    val account = live.account
    val read = remember(live.language, live.theme) { read { account.profile() } }
    val leave = LocalActs.current.act("sign-out")
    val speak = LocalActs.current.act("language")
    val shade = LocalActs.current.act("theme")
    val acts = listOf(leave, speak, shade)
    DisposableEffect(Unit) { onDispose { acts.forEach { it.settle() } } }
    ProfileContent(
        ProfileState(read, acts.firstNotNullOfOrNull { it.problem }, leave.working),
        ProfileEvents(
            ways,
            onLanguage = { read.view?.let { speak.run { live.speak(it.other) } } },
            onTheme = { theme -> shade.run { live.shade(theme) } },
            onSignOut = {
                leave.run {
                    if (account.signOutConfirmation() == null) account.signOut(UnsentWork.KEEP) else ways.onLeaving()
                }
            }
        )
    )
}

/** State of the sheet. */
internal data class ProfileState(val read: Read<ProfileView>, val problem: String? = null, val leaving: Boolean = false)

/** Navigation from the sheet. */
internal class ProfileWays(
    val onClose: () -> Unit = {},
    val onPassword: () -> Unit = {},
    val onDevices: () -> Unit = {},
    val onCharter: () -> Unit = {},
    val onHelp: () -> Unit = {},
    val onLeaving: () -> Unit = {}
)

/** Events of the screen. */
internal class ProfileEvents(
    val ways: ProfileWays,
    val onLanguage: () -> Unit,
    val onTheme: (Theme) -> Unit,
    val onSignOut: () -> Unit
)

@Composable
internal fun ProfileContent(state: ProfileState, events: ProfileEvents) {
    Sheet("profile", say(Phrase.PROFILE), events.ways.onClose) {
        Column(Modifier.padding(horizontal = Tokens.Space.page), Arrangement.spacedBy(Tokens.Space.m)) {
            (state.problem ?: state.read.problem)?.let { ProblemCard(it) }
            state.read.view?.let { Profile(it, state.leaving, events) }
        }
    }
}

@Composable
private fun Profile(view: ProfileView, leaving: Boolean, events: ProfileEvents) {
    Member(view)
    HorizontalDivider()
    Column {
        WayRow(view.changePassword, "key", events.ways.onPassword)
        WayRow(view.devices, "devices", events.ways.onDevices)
        WayRow(view.charter, "contract", events.ways.onCharter)
        WayRow(view.help, "help", events.ways.onHelp)
    }
    HorizontalDivider()
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
        Choice("language", view.languageLabel, "languages", languages(view, events.onLanguage))
        Choice("contrast", view.themeLabel, "theme", themes(view, events.onTheme))
    }
    HorizontalDivider()
    ActionWordsButton(
        view.signOut,
        events.onSignOut,
        Modifier.fillMaxWidth(),
        symbol = "logout",
        tint = MaterialTheme.colorScheme.error,
        working = leaving
    )
}

/** Choice of light or dark: a symbol of the chosen one, and the options. */
@Composable
private fun Choice(symbol: String, label: String, tag: String, segments: List<Segment>) {
    Row(
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
        verticalAlignment = Alignment.CenterVertically
    ) {
        SideSymbol(symbol, label)
        Segments(tag, segments)
    }
}

private fun languages(view: ProfileView, onOther: () -> Unit) = listOf(
    Segment("own-language", view.ownLanguage, chosen = true) {},
    Segment("language", view.otherLanguage, chosen = false, view.other.voice, onOther)
)

private fun themes(view: ProfileView, onChoose: (Theme) -> Unit) = view.themes.map {
    Segment("theme:${it.key}", it.label, it.chosen) { onChoose(it.theme) }
}

@Composable
private fun Member(view: ProfileView) {
    val copy = @Composable { CopyButton("ppr", view.pprLabel, view.ppr) }
    if (stacked) {
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            Picture()
            copy()
        }
        Name(view, Modifier)
    } else {
        Row(
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
            verticalAlignment = Alignment.CenterVertically
        ) {
            Picture()
            Name(view, Modifier.weight(1f))
            copy()
        }
    }
}

@Composable
private fun Picture() {
    val shade = MaterialTheme.roles.now
    Box(
        Modifier.size(60.dp).background(shade.container, CircleShape).border(1.5.dp, shade.main, CircleShape),
        Alignment.Center
    ) { Symbol("person", size = 32.dp, tint = shade.onContainer) }
}

@Composable
private fun Name(view: ProfileView, modifier: Modifier) {
    Column(modifier.semantics(mergeDescendants = true) {}) {
        Text(view.name, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleLarge)
        Text(view.kind, style = MaterialTheme.typography.labelMedium)
        Text(
            view.pprLabel,
            style = MaterialTheme.typography.bodyMedium,
            color = MaterialTheme.colorScheme.onSurfaceVariant
        )
        IdentifierText(view.ppr, view.pprLabel)
    }
}
