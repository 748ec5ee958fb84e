package ma.fos.services.ui.components

import android.content.ClipData
import android.content.ClipDescription
import android.os.Build
import android.os.PersistableBundle
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.ripple
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalClipboard
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.platform.toClipEntry
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.Dp
import kotlinx.coroutines.launch
import ma.fos.core.ActionView
import ma.fos.core.HintView
import ma.fos.core.Identifier
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing

/** Row with a [gap] between its parts, each in the middle of its height. */
@Composable
internal fun CentredRow(gap: Dp, modifier: Modifier = Modifier, content: @Composable RowScope.() -> Unit) =
    Row(modifier, Arrangement.spacedBy(gap), Alignment.CenterVertically, content)

/** A line that leads to another page; the guide's French name or [line] under its own words. Material's list item has margins of its own. */
@Composable
internal fun NavigationRow(
    action: ActionView,
    symbol: String,
    onClick: () -> Unit,
    line: String? = null,
    working: Boolean = false
) {
    CentredRow(
        Tokens.Space.m,
        Modifier
            .fillMaxWidth()
            .focusRing(Tokens.Radius.tag)
            .clickable(null, ripple(), !working, role = Role.Button, onClick = guarded(action, onClick))
            .heightIn(min = Tokens.Size.button)
            .testTag(action.key)
            .padding(vertical = Tokens.Space.xs)
    ) {
        if (working) ProgressRing() else SecondarySymbol(symbol)
        Column(Modifier.weight(1f)) {
            Text(action.label, style = MaterialTheme.typography.bodyLarge)
            action.guideName?.let { SecondaryText(it, locales = french) }
            line?.let { SecondaryText(it) }
        }
        SecondarySymbol("chevron_right")
    }
}

/** List of hints, each with a symbol. */
@Composable
internal fun Hints(hints: List<HintView>) {
    for (hint in hints) {
        Row(
            Modifier.semantics(mergeDescendants = true) {},
            horizontalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            SecondarySymbol(hint.icon)
            Text(hint.text, style = MaterialTheme.typography.bodyLarge)
        }
    }
}

/** Button that copies an identifier without its direction marks. It becomes a tick: before Android 13 the system says nothing. */
@Composable
internal fun CopyButton(key: String, label: String, identifier: Identifier) {
    val clipboard = LocalClipboard.current
    val scope = rememberCoroutineScope()
    var isCopied by remember(identifier) { mutableStateOf(false) }
    val copied = phrase(Phrase.COPIED)
    SymbolButton(
        if (isCopied) "check" else "content_copy",
        phrase(Phrase.COPY),
        {
            scope.launch {
                clipboard.setClipEntry(sensitive(label, identifier.copied).toClipEntry())
                isCopied = true
            }
        },
        Modifier.testTag("copy:$key").semantics {
            liveRegion = LiveRegionMode.Polite
            if (isCopied) stateDescription = copied
        },
        MaterialTheme.colorScheme.primary
    )
}

/** Returns a clip that is marked as sensitive: the system's overlay and keyboards' histories do not show it. */
internal fun sensitive(label: String, text: String): ClipData = ClipData.newPlainText(label, text).apply {
    val name = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
        ClipDescription.EXTRA_IS_SENSITIVE
    } else {
        "android.content.extra.IS_SENSITIVE"
    }
    description.extras = PersistableBundle().apply { putBoolean(name, true) }
}
