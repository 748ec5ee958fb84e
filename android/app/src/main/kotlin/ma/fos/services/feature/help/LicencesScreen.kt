package ma.fos.services.feature.help

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDirection
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import ma.fos.core.Phrase
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.ListScaffold
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.english
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.identifierStyle

/** List of the third-party components of the app; each opens its licence. */
@Composable
internal fun LicencesRoute(onBack: () -> Unit, onOpen: (String) -> Unit) = LicencesScreen(components(), onBack, onOpen)

/** One component's licence, by the [key] that the list gave. */
@Composable
internal fun LicenceRoute(key: String, onBack: () -> Unit) =
    LicenceScreen(components().firstOrNull { it.key == key }, onBack)

@Composable
private fun components(): List<Component> {
    val resources = LocalContext.current.resources
    val components by produceState(emptyList<Component>()) {
        value =
            withContext(Dispatchers.IO) { resources.licences() }
    }
    return components
}

private val Component.key get() = "$name $version"

@Composable
internal fun LicencesScreen(components: List<Component>, onBack: () -> Unit, onOpen: (String) -> Unit) {
    ListScaffold("licences", top = { FosTopAppBar(phrase(Phrase.LICENCES), onBack, notices = emptyList()) }) {
        items(components, key = { "licence:${it.key}" }) { component -> PartRow(component) { onOpen(component.key) } }
    }
}

@Composable
private fun PartRow(component: Component, onClick: () -> Unit) {
    Column(
        Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = Tokens.Size.button)
            .testTag("licence:${component.key}")
            .margins()
            .padding(vertical = Tokens.Space.xs)
    ) {
        EnglishText(component.key, MaterialTheme.typography.titleSmall)
        EnglishText(component.licence, MaterialTheme.typography.bodyMedium)
    }
    HorizontalDivider(Modifier.margins())
}

@Composable
internal fun LicenceScreen(component: Component?, onBack: () -> Unit) {
    ListScaffold("licence", top = { FosTopAppBar(phrase(Phrase.LICENCES), onBack, notices = emptyList()) }) {
        component?.let { licence(it) }
    }
}

/** A licence is a long text: each paragraph is laid out when it comes into sight. */
private fun LazyListScope.licence(component: Component) {
    item {
        Column(Modifier.margins().padding(bottom = Tokens.Space.s), Arrangement.spacedBy(Tokens.Space.xxs)) {
            EnglishText(component.key, MaterialTheme.typography.titleMedium)
            EnglishText(component.licence, MaterialTheme.typography.bodyMedium)
        }
    }
    items(component.texts.flatMap { it.split("\n\n") }) { paragraph ->
        Column(Modifier.margins().padding(bottom = Tokens.Space.s)) {
            EnglishText(paragraph.trim(), MaterialTheme.typography.bodyMedium)
        }
    }
}

/** Names, licences and lines of the log are English, and run left to right on an Arabic page too. */
@Composable
internal fun EnglishText(text: String, style: TextStyle) {
    Text(
        text,
        Modifier.fillMaxWidth(),
        // As with an identifier, a name may go on below wherever the line ends.
        style = style.copy(
            textDirection = TextDirection.Ltr,
            fontFeatureSettings = identifierStyle.fontFeatureSettings
        ),
        textAlign = TextAlign.Left,
        locales = english
    )
}
