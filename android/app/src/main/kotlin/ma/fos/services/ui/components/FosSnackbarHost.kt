package ma.fos.services.ui.components

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import ma.fos.services.ui.theme.Tokens

/** Confirmation of an action, shown for a moment over the page's end and above its bar, and read out by a screen reader. */
@Composable
internal fun FosSnackbarHost(host: SnackbarHostState, modifier: Modifier = Modifier) {
    SnackbarHost(
        host,
        modifier.bottomInset().margins().padding(bottom = Tokens.Size.bottomBar + Tokens.Space.l)
    ) { data ->
        SnackbarCard(data.visuals.message)
    }
}

/** Card of the snackbar. Touches pass through it, so that it blocks no button; Material's own surface would take them. */
@Composable
internal fun SnackbarCard(text: String) {
    val colours = MaterialTheme.colorScheme
    Box(
        Modifier
            .background(colours.inverseSurface, RoundedCornerShape(Tokens.Radius.card))
            .padding(Tokens.Space.m)
    ) {
        Text(text, style = MaterialTheme.typography.titleSmall, color = colours.inverseOnSurface)
    }
}
