package ma.fos.services.parts

import androidx.activity.compose.PredictiveBackHandler
import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.State
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer

/**
 * The way back, and how far the member's finger has gone on it, from 0 to 1: what they leave gives way under it.
 * A finger that turns round leaves everything as it was.
 */
@Composable
internal fun wayBack(enabled: Boolean = true, onBack: () -> Unit): State<Float> {
    val gone = remember { mutableFloatStateOf(0f) }
    PredictiveBackHandler(enabled) { finger ->
        try {
            finger.collect { gone.floatValue = it.progress }
            onBack()
        } finally {
            gone.floatValue = 0f
        }
    }
    return gone
}

/** A page that can be left: it shrinks a little under the finger that leaves it. */
@Composable
internal fun Leavable(onBack: () -> Unit, content: @Composable () -> Unit) {
    val gone by wayBack(onBack = onBack)
    Box(
        Modifier.graphicsLayer {
            scaleX = 1 - gone * SHRINKS
            scaleY = 1 - gone * SHRINKS
        }
    ) { content() }
}

private const val SHRINKS = 0.1f
