package ma.fos.services.feature.help

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import ma.fos.core.ContactView
import ma.fos.core.HelpView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.CardOf
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.CopyableFact
import ma.fos.services.ui.components.FosCard
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.Hints
import ma.fos.services.ui.components.IdentifierText
import ma.fos.services.ui.components.NavigationRow
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondarySymbol
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.open
import ma.fos.services.ui.theme.Tokens

/** Help, available at every stage, signed out too: checks, contacts, and the code to tell them. */
@Composable
internal fun HelpRoute(core: CoreState, navigation: HelpNavigation) {
    val state by core.state.collectAsStateWithLifecycle()
    val view = remember(state.language, state.stage, state.notices) { core.fos.help() }
    val context = LocalContext.current
    HelpScreen(view, navigation) { context.open(it) }
}

/** Navigation from the screen. */
internal class HelpNavigation(
    val onBack: () -> Unit,
    val onPrivacy: () -> Unit,
    val onLicences: () -> Unit,
    val onDiagnostic: () -> Unit
)

@Composable
internal fun HelpScreen(view: HelpView, navigation: HelpNavigation, onLink: (String) -> Unit) {
    ScreenScaffold("help", top = { FosTopAppBar(view.title, navigation.onBack, notices = emptyList()) }) {
        PageContent(gap = Tokens.Space.m) {
            Hints(view.checks)
            view.contactsTitle?.let {
                Title(it)
                CardOf(view.contacts) { _, contact -> Contact(contact, onLink) }
            }
            Title(view.aboutTitle)
            CardOf(view.about) { place, fact -> CopyableFact("about:$place", fact) }
            Column {
                NavigationRow(view.privacy, "verified_user", navigation.onPrivacy)
                HorizontalDivider()
                NavigationRow(view.licences, "article", navigation.onLicences)
                HorizontalDivider()
                NavigationRow(view.diagnostic, "build", navigation.onDiagnostic)
            }
        }
    }
}

@Composable
private fun Title(text: String) = Heading(text, Modifier.padding(top = Tokens.Space.s))

/** Contact of the foundation; opened by a tap where the system can. */
@Composable
private fun Contact(contact: ContactView, onLink: (String) -> Unit) {
    val link = contact.link
    val behaviour = if (link == null) {
        Modifier.semantics(mergeDescendants = true) {}
    } else {
        Modifier.clickable(role = Role.Button) { onLink(link) }
    }
    CentredRow(
        Tokens.Space.m,
        Modifier
            .fillMaxWidth()
            .then(behaviour)
            .heightIn(min = Tokens.Size.button)
            .testTag("contact:${contact.key}")
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.s)
    ) {
        SecondarySymbol(contact.icon)
        Column(Modifier.weight(1f)) {
            SecondaryText(contact.label)
            // What can be opened is read letter by letter; hours and a street are words.
            if (link == null) {
                Text(contact.value.shown, style = MaterialTheme.typography.bodyLarge)
            } else {
                IdentifierText(contact.value, contact.label)
            }
        }
        if (link != null) SecondarySymbol("chevron_right")
    }
}
