package ma.fos.services.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import ma.fos.services.theme.Tokens

/** Confirmation of an action, shown for a moment over the page's end and above its bar, and read out by a screen reader. */
@Composable
internal fun Said(host: SnackbarHostState, modifier: Modifier = Modifier) {
    SnackbarHost(
        host,
        modifier.clearBottom().margins().padding(bottom = Tokens.Size.bottomBar + Tokens.Space.l)
    ) { data ->
        SaidCard(data.visuals.message)
    }
}

/** No surface of Material's: what lies under it takes the touch, and no button is out of reach meanwhile. */
@Composable
internal fun SaidCard(text: String) {
    val colours = MaterialTheme.colorScheme
    Box(
        Modifier
            .background(colours.inverseSurface, RoundedCornerShape(Tokens.Radius.card))
            .padding(Tokens.Space.m)
    ) {
        Text(text, style = MaterialTheme.typography.titleSmall, color = colours.inverseOnSurface)
    }
}
