package ma.fos.services.ui.components

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens

/** Placeholders of three cards while a list is loaded. */
@Composable
internal fun CardPlaceholders() {
    val description = phrase(Phrase.LOADING)
    Column(
        Modifier.margins().semantics(mergeDescendants = true) { contentDescription = description },
        verticalArrangement = Arrangement.spacedBy(10.dp)
    ) {
        repeat(SHAPES) {
            val shape = MaterialTheme.shapes.large
            Box(
                Modifier
                    .fillMaxWidth()
                    .height(84.dp)
                    .background(MaterialTheme.colorScheme.surfaceContainer, shape)
                    .border(Tokens.Size.stroke, MaterialTheme.colorScheme.outlineVariant, shape)
            )
        }
    }
}

private const val SHAPES = 3
