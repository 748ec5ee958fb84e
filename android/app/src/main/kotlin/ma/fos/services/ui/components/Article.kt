package ma.fos.services.ui.components

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import ma.fos.core.ArticleView
import ma.fos.services.ui.theme.Tokens

/** Article of the charter or of the privacy statement. */
@Composable
internal fun Article(article: ArticleView) {
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.xxs)) {
        Heading(article.heading)
        article.paragraphs.forEach { Text(it, style = MaterialTheme.typography.bodyLarge) }
    }
}
