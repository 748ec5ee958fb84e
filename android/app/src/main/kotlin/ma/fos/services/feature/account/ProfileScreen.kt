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
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.core.ProfileView
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.CopyButton
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.FosSnackbarHost
import ma.fos.services.ui.components.GuardedTextButton
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.LeadingRow
import ma.fos.services.ui.components.NavigationRow
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.SecondarySymbol
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Segment
import ma.fos.services.ui.components.Segments
import ma.fos.services.ui.components.Sheet
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Sheet of the profile: the member, language and theme, sign-out. */
@Composable
internal fun ProfileRoute(core: CoreState, navigation: ProfileNavigation) {
    val model = screenViewModel { ProfileViewModel(core) }
    val uiState = model.state()
    EventEffect(model) { navigation.onSignOut() }
    // A sheet that grows once it is read would move under the finger.
    if (uiState.read != ReadResult<ProfileView>()) ProfileScreen(uiState, model::onAction, navigation)
}

/** Navigation from the sheet. */
internal class ProfileNavigation(
    val onClose: () -> Unit = {},
    val onPassword: () -> Unit = {},
    val onDevices: () -> Unit = {},
    val onCharter: () -> Unit = {},
    val onHelp: () -> Unit = {},
    val onSignOut: () -> Unit = {}
)

@Composable
internal fun ProfileScreen(
    uiState: ProfileUiState,
    onAction: (ProfileAction) -> Unit,
    navigation: ProfileNavigation = ProfileNavigation()
) {
    SecureScreen()
    Sheet("profile", phrase(Phrase.PROFILE), navigation.onClose) {
        FosSnackbarHost(isAboveBar = true)
        Column(Modifier.padding(horizontal = Tokens.Space.page), Arrangement.spacedBy(Tokens.Space.m)) {
            (uiState.problem ?: uiState.read.problem)?.let { ProblemCard(it) }
            uiState.read.view?.let { Profile(it, uiState.signingOut, onAction, navigation) }
        }
    }
}

@Composable
private fun Profile(
    view: ProfileView,
    signingOut: Boolean,
    onAction: (ProfileAction) -> Unit,
    navigation: ProfileNavigation
) {
    Member(view)
    HorizontalDivider()
    Column {
        NavigationRow(view.changePassword, "key", navigation.onPassword)
        NavigationRow(view.devices, "devices", navigation.onDevices)
        NavigationRow(view.charter, "contract", navigation.onCharter)
        NavigationRow(view.help, "help", navigation.onHelp)
    }
    HorizontalDivider()
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
        Choice("language", view.languageLabel, "languages", languages(view, onAction))
        Choice("contrast", view.themeLabel, "theme", themes(view, onAction))
    }
    HorizontalDivider()
    GuardedTextButton(
        view.signOut,
        { onAction(ProfileAction.SignOut) },
        symbol = "logout",
        tint = MaterialTheme.colorScheme.error,
        working = signingOut
    )
}

/** Setting with a few options: label, symbol and segmented buttons. */
@Composable
private fun Choice(symbol: String, label: String, tag: String, segments: List<Segment>) {
    CentredRow(Tokens.Space.m) {
        SecondarySymbol(symbol, label)
        Segments(tag, segments)
    }
}

private fun languages(view: ProfileView, onAction: (ProfileAction) -> Unit) = listOf(
    Segment("own-language", view.ownLanguage, chosen = true) {},
    Segment("language", view.otherLanguage, chosen = false, view.other.locales) {
        onAction(ProfileAction.SetLanguage(view.other))
    }
)

private fun themes(view: ProfileView, onAction: (ProfileAction) -> Unit) = view.themes.map {
    Segment("theme:${it.key}", it.label, it.chosen) { onAction(ProfileAction.SetTheme(it.theme)) }
}

@Composable
private fun Member(view: ProfileView) = LeadingRow(
    { Avatar() },
    { CopyButton("ppr", view.pprLabel, view.ppr) }
) {
    Column(Modifier.semantics(mergeDescendants = true) {}) {
        Heading(view.name, style = MaterialTheme.typography.titleLarge)
        Text(view.kind, style = MaterialTheme.typography.labelMedium)
        SecondaryText(view.pprLabel)
        IdentifierText(view.ppr, view.pprLabel)
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
