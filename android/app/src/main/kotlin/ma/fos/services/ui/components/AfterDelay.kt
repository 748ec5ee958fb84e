package ma.fos.services.ui.components

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import ma.fos.services.ui.theme.Tokens

/** Shows [content] after a delay: a shorter wait would only flash. */
@Composable
internal fun AfterDelay(content: @Composable () -> Unit) {
    var isVisible by remember { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        // By the main thread's clock, as what is drawn: Compose's own dispatcher counts by another.
        withContext(Dispatchers.Main.immediate) { delay(Tokens.Motion.loadingAfter.toLong()) }
        isVisible = true
    }
    if (isVisible) content()
}
