package ma.fos.services.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** The header of one of the space's places: where the member is, the way to their profile, the worst of [notices]. */
@Composable
internal fun BrandHeader(
    title: String,
    notices: List<NoticeView>,
    onProfile: () -> Unit,
    below: @Composable () -> Unit = {}
) {
    val roles = MaterialTheme.roles
    StatusBarIcons(onBrand = true)
    Column(
        Modifier
            .fillMaxWidth()
            .background(roles.brand)
            .clearTop()
            .margins()
            .padding(top = 10.dp, bottom = Tokens.Space.m),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)
    ) {
        Row(Modifier.semantics { isTraversalGroup = true }, verticalAlignment = Alignment.CenterVertically) {
            Text(
                title,
                Modifier.weight(1f).semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
                color = roles.onBrand
            )
            Picture(onProfile)
        }
        below()
    }
    Banner(notices)
}

/** The member's picture, behind which the guide puts the profile. */
@Composable
private fun Picture(onTap: () -> Unit) {
    val shade = MaterialTheme.roles.now
    val says = say(Phrase.PROFILE)
    Box(
        Modifier
            .size(Tokens.Size.avatar)
            .clip(CircleShape)
            .background(shade.container)
            .border(1.5.dp, shade.main, CircleShape)
            .clickable(role = Role.Button, onClick = onTap)
            .testTag("profile")
            .semantics { contentDescription = says },
        Alignment.Center
    ) { Symbol("person", tint = shade.onContainer) }
}
