package ma.fos.services.ui.forms

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.semantics.toggleableState
import androidx.compose.ui.state.ToggleableState
import androidx.compose.ui.unit.dp
import ma.fos.core.CaptchaState
import ma.fos.core.FieldView
import ma.fos.core.Phrase
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.french
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens

/** «I am not a robot»: a box that becomes a ring while the phone works, then a tick. Never a puzzle. */
@Composable
internal fun CaptchaField(field: FieldView, onClick: () -> Unit) {
    val state = when (field.captcha) {
        CaptchaState.WORKING -> phrase(Phrase.WORKING)
        CaptchaState.DONE -> phrase(Phrase.DONE)
        CaptchaState.NOT_ASKED, CaptchaState.IDLE -> null
    }
    val isDone = field.captcha == CaptchaState.DONE
    CheckCard(
        field,
        isDone,
        BorderStroke(Tokens.Size.stroke, MaterialTheme.colorScheme.outlineVariant),
        Modifier.clickable(role = Role.Checkbox, onClick = onClick).semantics {
            toggleableState = ToggleableState(isDone)
            liveRegion = LiveRegionMode.Polite
            state?.let { stateDescription = it }
        },
        field.captcha == CaptchaState.WORKING
    ) { CaptchaLabel(field) }
}

@Composable
private fun CaptchaLabel(field: FieldView) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        Text(field.label, style = MaterialTheme.typography.titleSmall)
        if (field.captcha == CaptchaState.WORKING) {
            val style = MaterialTheme.typography.bodyMedium
            Text(phrase(Phrase.WORKING), style = style, color = MaterialTheme.colorScheme.tertiary)
        } else {
            field.guideName?.let { SecondaryText(it, locales = french) }
        }
    }
}
