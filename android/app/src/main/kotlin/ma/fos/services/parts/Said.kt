package ma.fos.services.parts

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import ma.fos.services.theme.Tokens

/** What was done, said for a moment over the bottom of the page and read out by a screen reader. */
@Composable
internal fun Said(host: SnackbarHostState, modifier: Modifier = Modifier) {
    SnackbarHost(host, modifier.clearBottom().margins()) { data -> SaidCard(data.visuals.message) }
}

@Composable
internal fun SaidCard(text: String) {
    Surface(
        shape = RoundedCornerShape(Tokens.Radius.card),
        color = MaterialTheme.colorScheme.inverseSurface,
        contentColor = MaterialTheme.colorScheme.inverseOnSurface
    ) {
        Text(text, Modifier.padding(Tokens.Space.m), style = MaterialTheme.typography.titleSmall)
    }
}
