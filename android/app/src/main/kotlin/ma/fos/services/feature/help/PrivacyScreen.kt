package ma.fos.services.feature.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import ma.fos.core.ReadingView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.Article
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.PageContent
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.theme.Tokens

/** Text about the member's data (law 09-08). */
@Composable
internal fun PrivacyRoute(core: CoreState, onBack: () -> Unit) {
    val state by core.state.collectAsStateWithLifecycle()
    val view = remember(state.language, state.notices) { core.fos.privacy() }
    PrivacyScreen(view, onBack)
}

@Composable
internal fun PrivacyScreen(view: ReadingView, onBack: () -> Unit) {
    ScreenScaffold("privacy", top = { FosTopAppBar(view.title, onBack, notices = emptyList()) }) {
        PageContent(gap = Tokens.Space.m) {
            view.articles.forEach { Article(it) }
        }
    }
}
