package ma.fos.services.ui.components

import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Snackbar
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import ma.fos.services.ui.theme.Tokens

/** Confirmation of an action, for the screen that comes next; it ends when that screen is left. */
@Stable
internal class SnackbarMessage {
    var text by mutableStateOf<String?>(null)
}

internal val LocalSnackbarMessage = staticCompositionLocalOf { SnackbarMessage() }

/** Shows the [SnackbarMessage] for a moment above the bar of a scaffold. It takes its room from the content, and covers nothing. */
@Composable
internal fun FosSnackbarHost(isAboveBar: Boolean) {
    val message = LocalSnackbarMessage.current
    val activity = LocalActivity.current
    val host = remember { SnackbarHostState() }
    var isShown by remember { mutableStateOf(false) }
    val text = message.text
    LaunchedEffect(text) {
        if (text == null) return@LaunchedEffect
        isShown = true
        host.showSnackbar(text)
        message.text = null
    }
    DisposableEffect(message) {
        // A message that is not shown here is for the screen that comes next.
        onDispose { if (isShown && activity?.isChangingConfigurations != true) message.text = null }
    }
    SnackbarHost(host, Modifier.testTag("snackbar")) {
        Box(Modifier.margins().then(if (isAboveBar) Modifier else Modifier.bottomInset())) {
            SnackbarCard(it.visuals.message)
        }
    }
}

/** Card of the snackbar. */
@Composable
internal fun SnackbarCard(text: String) = Snackbar(
    Modifier.padding(vertical = Tokens.Space.s),
    shape = MaterialTheme.shapes.large
) { Text(text, style = MaterialTheme.typography.titleSmall, color = MaterialTheme.colorScheme.inverseOnSurface) }
