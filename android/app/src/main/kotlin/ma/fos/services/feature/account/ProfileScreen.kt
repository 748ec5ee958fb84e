package ma.fos.services.feature.account

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
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.core.ProfileView
import ma.fos.core.Theme
import ma.fos.core.UnsentWork
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.CopyButton
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.NavigationRow
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.ReadResult
import ma.fos.services.ui.components.SecondarySymbol
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Segment
import ma.fos.services.ui.components.Segments
import ma.fos.services.ui.components.Sheet
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.read
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Sheet of the profile: the member, language and theme, sign-out. */
@Composable
internal fun ProfileScreen(core: CoreState, navigation: ProfileNavigation) {
    val account = core.account
    val read = remember(core.language, core.theme) { read { account.profile() } }
    val signOut = LocalAppViewModel.current.action("sign-out")
    val changeLanguage = LocalAppViewModel.current.action("language")
    val changeTheme = LocalAppViewModel.current.action("theme")
    val actions = listOf(signOut, changeLanguage, changeTheme)
    DisposableEffect(Unit) { onDispose { actions.forEach { it.clearProblem() } } }
    ProfileContent(
        ProfileState(read, actions.firstNotNullOfOrNull { it.problem }, signOut.isRunning),
        ProfileEvents(
            navigation,
            onLanguage = { read.view?.let { changeLanguage.run { core.setLanguage(it.other) } } },
            onTheme = { theme -> changeTheme.run { core.setTheme(theme) } },
            onSignOut = {
                signOut.run {
                    if (account.signOutConfirmation() ==
                        null
                    ) {
                        account.signOut(UnsentWork.KEEP)
                    } else {
                        navigation.onSignOut()
                    }
                }
            }
        )
    )
}

/** State of the sheet. */
internal data class ProfileState(
    val read: ReadResult<ProfileView>,
    val problem: String? = null,
    val signingOut: Boolean = false
)

/** Navigation from the sheet. */
internal class ProfileNavigation(
    val onClose: () -> Unit = {},
    val onPassword: () -> Unit = {},
    val onDevices: () -> Unit = {},
    val onCharter: () -> Unit = {},
    val onHelp: () -> Unit = {},
    val onSignOut: () -> Unit = {}
)

/** Events of the screen. */
internal class ProfileEvents(
    val navigation: ProfileNavigation,
    val onLanguage: () -> Unit,
    val onTheme: (Theme) -> Unit,
    val onSignOut: () -> Unit
)

@Composable
internal fun ProfileContent(state: ProfileState, events: ProfileEvents) {
    SecureScreen()
    Sheet("profile", phrase(Phrase.PROFILE), events.navigation.onClose) {
        Column(Modifier.padding(horizontal = Tokens.Space.page), Arrangement.spacedBy(Tokens.Space.m)) {
            (state.problem ?: state.read.problem)?.let { ProblemCard(it) }
            state.read.view?.let { Profile(it, state.signingOut, events) }
        }
    }
}

@Composable
private fun Profile(view: ProfileView, signingOut: Boolean, events: ProfileEvents) {
    Member(view)
    HorizontalDivider()
    Column {
        NavigationRow(view.changePassword, "key", events.navigation.onPassword)
        NavigationRow(view.devices, "devices", events.navigation.onDevices)
        NavigationRow(view.charter, "contract", events.navigation.onCharter)
        NavigationRow(view.help, "help", events.navigation.onHelp)
    }
    HorizontalDivider()
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
        Choice("language", view.languageLabel, "languages", languages(view, events.onLanguage))
        Choice("contrast", view.themeLabel, "theme", themes(view, events.onTheme))
    }
    HorizontalDivider()
    GuardedTextButton(
        view.signOut,
        events.onSignOut,
        Modifier.fillMaxWidth(),
        symbol = "logout",
        tint = MaterialTheme.colorScheme.error,
        working = signingOut
    )
}

/** Setting with a few options: label, symbol and segmented buttons. */
@Composable
private fun Choice(symbol: String, label: String, tag: String, segments: List<Segment>) {
    Row(
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
        verticalAlignment = Alignment.CenterVertically
    ) {
        SecondarySymbol(symbol, label)
        Segments(tag, segments)
    }
}

private fun languages(view: ProfileView, onOther: () -> Unit) = listOf(
    Segment("own-language", view.ownLanguage, chosen = true) {},
    Segment("language", view.otherLanguage, chosen = false, view.other.locales, onOther)
)

private fun themes(view: ProfileView, onChoose: (Theme) -> Unit) = view.themes.map {
    Segment("theme:${it.key}", it.label, it.chosen) { onChoose(it.theme) }
}

@Composable
private fun Member(view: ProfileView) {
    val copy = @Composable { CopyButton("ppr", view.pprLabel, view.ppr) }
    if (isStackedLayout) {
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            Avatar()
            copy()
        }
        Name(view, Modifier)
    } else {
        Row(
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m),
            verticalAlignment = Alignment.CenterVertically
        ) {
            Avatar()
            Name(view, Modifier.weight(1f))
            copy()
        }
    }
}

@Composable
private fun Avatar() {
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
