package ma.fos.services.ui.forms

import androidx.compose.foundation.BorderStroke
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
    val colours = MaterialTheme.colorScheme
    val state = when (field.captcha) {
        CaptchaState.WORKING -> phrase(Phrase.WORKING)
        CaptchaState.DONE -> phrase(Phrase.DONE)
        CaptchaState.NOT_ASKED, CaptchaState.IDLE -> null
    }
    val line = if (field.problem == null) {
        BorderStroke(Tokens.Size.stroke, colours.outlineVariant)
    } else {
        BorderStroke(Tokens.Size.focusStroke, colours.error)
    }
    Column {
        Surface(
            onClick = onClick,
            modifier = Modifier
                .fillMaxWidth()
                .heightIn(min = Tokens.Size.button)
                .testTag(field.key)
                .semantics {
                    role = Role.Checkbox
                    toggleableState = ToggleableState(field.captcha == CaptchaState.DONE)
                    liveRegion = LiveRegionMode.Polite
                    state?.let { stateDescription = it }
                    field.problem?.let { error(it) }
                },
            shape = RoundedCornerShape(Tokens.Radius.button),
            color = colours.surfaceContainerLow,
            contentColor = colours.onSurface,
            border = line
        ) {
            Row(
                Modifier.padding(horizontal = 14.dp, vertical = Tokens.Space.s),
                horizontalArrangement = Arrangement.spacedBy(14.dp),
                verticalAlignment = Alignment.CenterVertically
            ) {
                CheckMarkBox(field.captcha == CaptchaState.DONE, field.captcha == CaptchaState.WORKING)
                CaptchaLabel(field)
            }
        }
        FieldSupportingText(field)
    }
}

@Composable
private fun CaptchaLabel(field: FieldView) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        Text(field.label, style = MaterialTheme.typography.titleSmall)
        val beside = if (field.captcha == CaptchaState.WORKING) null else field.guideName
        if (beside != null) {
            SecondaryText(beside, locales = french)
        }
        if (field.captcha == CaptchaState.WORKING) {
            Text(
                phrase(Phrase.WORKING),
                style = MaterialTheme.typography.bodyMedium,
                color = MaterialTheme.colorScheme.tertiary
            )
        }
    }
}
