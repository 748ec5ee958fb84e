package ma.fos.services.feature.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import ma.fos.core.ReadingView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.Article
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.theme.Tokens

/** Text about the member's data (law 09-08). */
@Composable
internal fun PrivacyScreen(core: CoreState, onBack: () -> Unit) {
    val view = remember(core.language, core.notices) { core.fos.privacy() }
    PrivacyContent(view, onBack)
}

@Composable
internal fun PrivacyContent(view: ReadingView, onBack: () -> Unit) {
    ScreenScaffold("privacy", top = { FosTopAppBar(view.title, emptyList(), onBack) }) {
        Column(
            Modifier.margins().padding(bottom = Tokens.Space.l),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            view.articles.forEach { Article(it) }
        }
    }
}
