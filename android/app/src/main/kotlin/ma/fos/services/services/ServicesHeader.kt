package ma.fos.services.services

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.text.input.TextFieldLineLimits
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.unit.dp
import ma.fos.core.OptionView
import ma.fos.core.Phrase
import ma.fos.core.ServicesView
import ma.fos.services.parts.StatusBarIcons
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.SymbolButton
import ma.fos.services.parts.Text
import ma.fos.services.parts.clearTop
import ma.fos.services.parts.margins
import ma.fos.services.parts.say
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** The brand header of the services: where the member is, the way to their profile, and the search. */
@Composable
internal fun ServicesHeader(view: ServicesView, search: TextFieldState, onProfile: () -> Unit) {
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
                view.title,
                Modifier.weight(1f).semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
                color = roles.onBrand
            )
            Picture(onProfile)
        }
        Search(view.searchHint, search)
    }
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

@Composable
private fun Search(hint: String, search: TextFieldState) {
    val roles = MaterialTheme.roles
    val colours = MaterialTheme.colorScheme
    val style = MaterialTheme.typography.bodyLarge
    BasicTextField(
        search,
        Modifier.fillMaxWidth().testTag("search").semantics { contentDescription = hint },
        textStyle = style.copy(color = colours.onSurface),
        keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
        lineLimits = TextFieldLineLimits.SingleLine,
        cursorBrush = SolidColor(colours.primary),
        decorator = { inner ->
            Row(
                Modifier
                    .fillMaxWidth()
                    .heightIn(min = Tokens.Size.field)
                    .background(roles.brandField, RoundedCornerShape(Tokens.Radius.button))
                    .padding(start = Tokens.Space.m, end = Tokens.Space.xxs),
                horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
                verticalAlignment = Alignment.CenterVertically
            ) {
                Symbol("search", tint = colours.onSurfaceVariant)
                Box(Modifier.weight(1f).padding(vertical = Tokens.Space.xs)) {
                    if (search.text.isEmpty()) Text(hint, style = style, color = colours.onSurfaceVariant)
                    inner()
                }
                if (search.text.isNotEmpty()) {
                    SymbolButton(
                        "close",
                        say(Phrase.CLEAR_SEARCH),
                        { search.clearText() },
                        tint = colours.onSurfaceVariant
                    )
                }
            }
        }
    )
}

/** The categories in one row that scrolls; the chosen one is filled. */
@Composable
internal fun Categories(categories: List<OptionView>, onChoose: (String) -> Unit) {
    Row(
        Modifier
            .horizontalScroll(rememberScrollState())
            .selectableGroup()
            .margins()
            .padding(vertical = 14.dp),
        horizontalArrangement = Arrangement.spacedBy(Tokens.Space.xs)
    ) {
        categories.forEach { Category(it) { onChoose(it.key) } }
    }
}

@Composable
private fun Category(option: OptionView, onTap: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Surface(
        selected = option.chosen,
        onClick = onTap,
        modifier = Modifier
            .heightIn(min = Tokens.Size.touch)
            .testTag("category:${option.key}")
            .semantics { role = Role.RadioButton },
        shape = RoundedCornerShape(Tokens.Radius.button),
        color = if (option.chosen) colours.primary else Color.Transparent,
        contentColor = if (option.chosen) colours.onPrimary else colours.onSurface,
        border = if (option.chosen) null else BorderStroke(Tokens.Size.fieldStroke, colours.outline)
    ) {
        Box(Modifier.heightIn(min = Tokens.Size.touch).padding(horizontal = Tokens.Space.m), Alignment.Center) {
            Text(option.label, style = MaterialTheme.typography.titleSmall)
        }
    }
}
