package ma.fos.services.ui.forms

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import ma.fos.core.FieldView
import ma.fos.core.Phrase
import ma.fos.core.RuleView
import ma.fos.core.StrengthView
import ma.fos.services.ui.components.Bars
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** Strength of a new password, and the rules that it follows by now. */
@Composable
internal fun StrengthMeter(field: FieldView) {
    field.strength?.let { Strength(it) }
    if (field.rules.isEmpty()) return
    Column(Modifier.padding(top = Tokens.Space.s), Arrangement.spacedBy(Tokens.Space.xs)) {
        field.rules.forEach { Rule(it) }
    }
}

@Composable
private fun Strength(strength: StrengthView) {
    val shade = MaterialTheme.roles.of(strength.tone)
    CentredRow(
        Tokens.Space.s,
        Modifier
            .fillMaxWidth()
            .padding(top = Tokens.Space.s)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }
    ) {
        val rest = MaterialTheme.colorScheme.surfaceContainerHighest
        Bars(strength.of, Tokens.Space.xs, Modifier.weight(1f)) { if (it <= strength.bars) shade.main else rest }
        Text(strength.text, style = MaterialTheme.typography.labelMedium, color = shade.main)
    }
}

@Composable
private fun Rule(rule: RuleView) {
    val done = phrase(Phrase.DONE)
    Row(
        Modifier.semantics(mergeDescendants = true) { if (rule.met) stateDescription = done },
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s)
    ) {
        if (rule.met) {
            Symbol("check_circle-fill", tint = MaterialTheme.roles.success.main)
        } else {
            Symbol("radio_button_unchecked", tint = MaterialTheme.colorScheme.outline)
        }
        Text(rule.text, style = MaterialTheme.typography.bodyMedium)
    }
}
