package ma.fos.services.ui.components

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.progressSemantics
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.CountdownView
import ma.fos.core.StepsView
import ma.fos.services.ui.theme.Tokens

/** Progress of a first access: done, current and later steps; one node for screen readers. */
@Composable
internal fun Steps(steps: StepsView, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(6.dp)) {
            for (step in 1u..steps.total) {
                val colour = when {
                    step < steps.current -> colours.primary
                    step == steps.current -> colours.tertiary
                    else -> colours.surfaceContainerHighest
                }
                Box(Modifier.weight(1f).height(Tokens.Size.progress).background(colour, CircleShape))
            }
        }
        Text(
            steps.text,
            Modifier.padding(top = Tokens.Space.xs),
            style = MaterialTheme.typography.labelMedium,
            color = colours.onSurfaceVariant
        )
    }
}

/** Countdown until the member may ask again: a ring, and the time in words. */
@Composable
internal fun Countdown(countdown: CountdownView) {
    val colours = MaterialTheme.colorScheme
    Row(
        Modifier
            .fillMaxWidth()
            .padding(vertical = Tokens.Space.xs)
            .semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(10.dp, Alignment.CenterHorizontally),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Canvas(Modifier.progressSemantics(countdown.remaining).size(26.dp)) {
            val stroke = Stroke(4.dp.toPx(), cap = StrokeCap.Round)
            val inset = stroke.width / 2
            val size = Size(size.width - stroke.width, size.height - stroke.width)
            drawArc(
                colours.surfaceContainerHighest,
                0f,
                WHOLE,
                false,
                Offset(inset, inset),
                size,
                style = stroke
            )
            val sweep = WHOLE * countdown.remaining
            drawArc(colours.tertiary, TOP, sweep, false, Offset(inset, inset), size, style = stroke)
        }
        Text(
            countdown.text,
            style = MaterialTheme.typography.titleSmall,
            color = colours.onSurfaceVariant
        )
    }
}

private const val WHOLE = 360f
private const val TOP = -90f
