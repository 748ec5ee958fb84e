package ma.fos.services.ui.components

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.IconButtonDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedIconButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.Phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.focusRing
import ma.fos.services.ui.theme.roles

/** Header of a top-level destination: its title, the button of the profile, the most important notice. */
@Composable
internal fun BrandHeader(title: String, onProfile: () -> Unit, bottomContent: @Composable () -> Unit = {}) {
    val roles = MaterialTheme.roles
    StatusBarIcons(onBrand = true)
    Column(
        Modifier
            .fillMaxWidth()
            .background(roles.brand)
            .topInset()
            .margins()
            .padding(top = 10.dp, bottom = Tokens.Space.m),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)
    ) {
        Row(Modifier.semantics { isTraversalGroup = true }, verticalAlignment = Alignment.CenterVertically) {
            Heading(title, Modifier.weight(1f), style = MaterialTheme.typography.headlineMedium, color = roles.onBrand)
            Avatar(onProfile)
        }
        bottomContent()
    }
    Banner(LocalNotices.current)
}

/** Avatar that opens the profile, as in the guide. */
@Composable
private fun Avatar(onClick: () -> Unit) {
    val shade = MaterialTheme.roles.now
    val description = phrase(Phrase.PROFILE)
    OutlinedIconButton(
        onClick,
        Modifier
            .size(Tokens.Size.avatar)
            .testTag("profile")
            .focusRing(Tokens.Size.avatar)
            .semantics { contentDescription = description },
        shape = CircleShape,
        colors = IconButtonDefaults.outlinedIconButtonColors(shade.container, shade.onContainer),
        border = BorderStroke(1.5.dp, shade.main)
    ) { Symbol("person") }
}
