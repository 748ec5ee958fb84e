package ma.fos.services.ui.components

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import ma.fos.core.CountdownView
import ma.fos.core.StepsView
import ma.fos.services.ui.theme.Tokens

/** Progress of a first access: done, current and later steps, which Material's bar does not tell apart; one node for screen readers. */
@Composable
internal fun Steps(steps: StepsView, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}) {
        Bars(steps.total, 6.dp) { step ->
            when {
                step < steps.current -> colours.primary
                step == steps.current -> colours.tertiary
                else -> colours.surfaceContainerHighest
            }
        }
        SecondaryText(steps.text, Modifier.padding(top = Tokens.Space.xs), style = MaterialTheme.typography.labelMedium)
    }
}

/** Row of bars, counted from 1, each in its [colour]. */
@Composable
internal fun Bars(count: UInt, gap: Dp, modifier: Modifier = Modifier, colour: (UInt) -> Color) =
    Row(modifier.fillMaxWidth(), Arrangement.spacedBy(gap)) {
        for (bar in 1u..count) {
            Box(Modifier.weight(1f).height(Tokens.Size.progress).background(colour(bar), CircleShape))
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
        CircularProgressIndicator(
            { countdown.remaining },
            Modifier.size(26.dp),
            colours.tertiary,
            strokeWidth = 4.dp,
            trackColor = colours.surfaceContainerHighest,
            gapSize = 0.dp
        )
        SecondaryText(countdown.text, style = MaterialTheme.typography.titleSmall)
    }
}
