package ma.fos.services.help

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
import ma.fos.services.parts.ListPage
import ma.fos.services.parts.Text
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.english
import ma.fos.services.parts.margins
import ma.fos.services.parts.say
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.identifierStyle

/** List of the third-party parts of the app; each opens its licence. */
@Composable
internal fun LicencesScreen(onBack: () -> Unit, onOpen: (String) -> Unit) = LicencesContent(parts(), onBack, onOpen)

/** One part's licence, by the [key] that the list gave. */
@Composable
internal fun LicenceScreen(key: String, onBack: () -> Unit) =
    LicenceContent(parts().firstOrNull { it.key == key }, onBack)

@Composable
private fun parts(): List<Part> {
    val resources = LocalContext.current.resources
    val parts by produceState(emptyList<Part>()) { value = withContext(Dispatchers.IO) { resources.licences() } }
    return parts
}

private val Part.key get() = "$name $version"

@Composable
internal fun LicencesContent(parts: List<Part>, onBack: () -> Unit, onOpen: (String) -> Unit) {
    ListPage("licences", top = { TopBar(say(Phrase.LICENCES), emptyList(), onBack) }) {
        items(parts, key = { "licence:${it.key}" }) { part -> PartRow(part) { onOpen(part.key) } }
    }
}

@Composable
private fun PartRow(part: Part, onTap: () -> Unit) {
    Surface(
        onClick = onTap,
        modifier = Modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.button)
            .testTag("licence:${part.key}")
            .semantics { role = Role.Button },
        color = MaterialTheme.colorScheme.surface
    ) {
        Column(Modifier.margins().padding(vertical = Tokens.Space.xs)) {
            English(part.key, MaterialTheme.typography.titleSmall)
            English(part.licence, MaterialTheme.typography.bodyMedium)
        }
    }
    HorizontalDivider(Modifier.margins(), color = MaterialTheme.colorScheme.outlineVariant)
}

@Composable
internal fun LicenceContent(part: Part?, onBack: () -> Unit) {
    ListPage("licence", top = { TopBar(say(Phrase.LICENCES), emptyList(), onBack) }) {
        part?.let { licence(it) }
    }
}

/** A licence is a long text: each paragraph is laid out when it comes into sight. */
private fun LazyListScope.licence(part: Part) {
    item {
        Column(Modifier.margins().padding(bottom = Tokens.Space.s), Arrangement.spacedBy(Tokens.Space.xxs)) {
            English(part.key, MaterialTheme.typography.titleMedium)
            English(part.licence, MaterialTheme.typography.bodyMedium)
        }
    }
    items(part.texts.flatMap { it.split("\n\n") }) { paragraph ->
        Column(Modifier.margins().padding(bottom = Tokens.Space.s)) {
            English(paragraph.trim(), MaterialTheme.typography.bodyMedium)
        }
    }
}

/** Names, licences and lines of the log are English, and run left to right on an Arabic page too. */
@Composable
internal fun English(text: String, style: TextStyle) {
    Text(
        text,
        Modifier.fillMaxWidth(),
        // As with an identifier, a name may go on below wherever the line ends.
        style = style.copy(
            textDirection = TextDirection.Ltr,
            fontFeatureSettings = identifierStyle.fontFeatureSettings
        ),
        textAlign = TextAlign.Left,
        voice = english
    )
}
