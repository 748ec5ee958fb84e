package ma.fos.services.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import ma.fos.core.ReadingView
import ma.fos.services.FosLive
import ma.fos.services.parts.Article
import ma.fos.services.parts.Page
import ma.fos.services.parts.TopBar
import ma.fos.services.parts.margins
import ma.fos.services.theme.Tokens

/** Text about the member's data (law 09-08). */
@Composable
internal fun PrivacyScreen(live: FosLive, onBack: () -> Unit) {
    val view = remember(live.language, live.notices) { live.fos.privacy() }
    PrivacyContent(view, onBack)
}

@Composable
internal fun PrivacyContent(view: ReadingView, onBack: () -> Unit) {
    Page("privacy", top = { TopBar(view.title, emptyList(), onBack) }) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            view.articles.forEach { Article(it) }
        }
    }
}
