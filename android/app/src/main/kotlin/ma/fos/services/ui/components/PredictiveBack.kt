package ma.fos.services.ui.components

import androidx.activity.compose.PredictiveBackHandler
import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.State
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer

/** True below a sheet that lies over the whole stage: back is the sheet's, also for a page that has opened under it. */
internal val LocalIsCovered = compositionLocalOf { false }

/** Handles back, and returns the progress of the gesture, from 0 to 1; a cancelled gesture resets it. */
@Composable
internal fun predictiveBackProgress(enabled: Boolean = true, onBack: () -> Unit): State<Float> {
    val progress = remember { mutableFloatStateOf(0f) }
    PredictiveBackHandler(enabled && !LocalIsCovered.current) { events ->
        try {
            events.collect { progress.floatValue = it.progress }
            onBack()
        } finally {
            progress.floatValue = 0f
        }
    }
    return progress
}

/** Page with a predictive back animation: it shrinks during the gesture. */
@Composable
internal fun PredictiveBack(onBack: () -> Unit, enabled: Boolean = true, content: @Composable () -> Unit) {
    val progress by predictiveBackProgress(enabled, onBack)
    Box(
        Modifier.graphicsLayer {
            scaleX = 1 - progress * MAX_SCALE_REDUCTION
            scaleY = 1 - progress * MAX_SCALE_REDUCTION
        }
    ) { content() }
}

private const val MAX_SCALE_REDUCTION = 0.1f
