package ma.fos.services.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.services.theme.Tokens

/** A sheet over the screen it belongs to; a tap beside it puts it away. */
@Composable
internal fun Sheet(tag: String, title: String, onClose: () -> Unit, content: @Composable ColumnScope.() -> Unit) {
    val close = say(Phrase.CLOSE)
    Box(Modifier.fillMaxSize().testTag(tag).semantics { paneTitle = title }, Alignment.BottomCenter) {
        Box(
            Modifier
                .fillMaxSize()
                .background(MaterialTheme.colorScheme.scrim.copy(alpha = SCRIM))
                .clickable(remember { MutableInteractionSource() }, indication = null, onClick = onClose)
                .semantics { contentDescription = close }
        )
        Surface(
            modifier = Modifier.fillMaxWidth().statusBarsPadding(),
            shape = RoundedCornerShape(topStart = Tokens.Radius.sheet, topEnd = Tokens.Radius.sheet),
            color = MaterialTheme.colorScheme.surface,
            contentColor = MaterialTheme.colorScheme.onSurface
        ) {
            Column(Modifier.verticalScroll(rememberScrollState()).navigationBarsPadding()) {
                Box(
                    Modifier
                        .align(Alignment.CenterHorizontally)
                        .padding(vertical = Tokens.Space.s)
                        .size(40.dp, 5.dp)
                        .background(MaterialTheme.colorScheme.outline, CircleShape)
                )
                content()
                Box(Modifier.padding(bottom = Tokens.Space.m))
            }
        }
    }
}

private const val SCRIM = 0.5f
