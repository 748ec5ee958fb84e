package ma.fos.services.forms

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.input.TextFieldLineLimits
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.foundation.text.input.rememberTextFieldState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import ma.fos.core.FieldView
import ma.fos.core.OptionView
import ma.fos.core.Phrase
import ma.fos.services.parts.Symbol
import ma.fos.services.parts.Text
import ma.fos.services.parts.say
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** One of many, found by typing: what stands, and behind a touch the search and what it finds. */
@Composable
internal fun SearchPart(field: FieldView, events: FormEvents) {
    var open by rememberSaveable { mutableStateOf(false) }
    val search = rememberTextFieldState()
    Column(Modifier.fillMaxWidth()) {
        FieldLabel(field)
        Standing(field, open) { open = !open }
        if (open) {
            Found(field, search, events) {
                search.clearText()
                open = false
            }
        }
        FieldFoot(field)
    }
}

@Composable
private fun Standing(field: FieldView, open: Boolean, onTap: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    val chosen = field.options.firstOrNull { it.chosen }
    val shape = RoundedCornerShape(Tokens.Radius.field)
    Row(
        Modifier
            .fillMaxWidth()
            .heightIn(min = Tokens.Size.field)
            .background(MaterialTheme.roles.field, shape)
            .outlined(field, open)
            .clickable(role = Role.DropdownList, onClick = onTap)
            .testTag(field.key)
            .semantics { field.problem?.let { error(it) } }
            .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.xs),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Text(
            chosen?.label ?: say(Phrase.CHOOSE),
            Modifier.weight(1f),
            style = MaterialTheme.typography.bodyLarge,
            color = if (chosen == null) colours.onSurfaceVariant else colours.onSurface
        )
        Symbol(if (open) "keyboard_arrow_up" else "keyboard_arrow_down", tint = colours.onSurfaceVariant)
    }
}

@Composable
private fun Found(field: FieldView, search: TextFieldState, events: FormEvents, onChosen: () -> Unit) {
    val text = search.text.toString()
    val found = remember(text, field.options) { events.find(field.key, text).take(MOST) }
    Column(Modifier.selectableGroup().padding(top = Tokens.Space.xs)) {
        Typed(field, search)
        for (option in found) {
            HorizontalDivider()
            Place(option, Modifier.testTag("${field.key}:${option.key}")) {
                events.set(field.key, option.key)
                onChosen()
            }
        }
    }
}

/** As many as are read at a glance: more are found by another letter. */
private const val MOST = 8

@Composable
private fun Typed(field: FieldView, search: TextFieldState) {
    val colours = MaterialTheme.colorScheme
    val hint = say(Phrase.SEARCH)
    BasicTextField(
        search,
        Modifier.fillMaxWidth().testTag("${field.key}-search").semantics { contentDescription = hint },
        textStyle = MaterialTheme.typography.bodyLarge.copy(color = colours.onSurface),
        lineLimits = TextFieldLineLimits.SingleLine,
        cursorBrush = SolidColor(colours.primary),
        decorator = { inner ->
            Row(
                Modifier.fillMaxWidth().heightIn(min = Tokens.Size.field),
                verticalAlignment = Alignment.CenterVertically
            ) {
                Symbol("search", tint = colours.onSurfaceVariant)
                Box(Modifier.weight(1f).padding(Tokens.Space.s)) {
                    if (search.text.isEmpty()) {
                        Text(hint, style = MaterialTheme.typography.bodyLarge, color = colours.onSurfaceVariant)
                    }
                    inner()
                }
            }
        }
    )
}

@Composable
private fun Place(option: OptionView, modifier: Modifier, onTap: () -> Unit) = Row(
    modifier
        .fillMaxWidth()
        .heightIn(min = Tokens.Size.touch)
        .selectable(option.chosen, role = Role.RadioButton, onClick = onTap)
        .padding(horizontal = Tokens.Space.m, vertical = Tokens.Space.xs),
    verticalAlignment = Alignment.CenterVertically
) {
    Text(option.label, Modifier.weight(1f), style = MaterialTheme.typography.bodyLarge)
    if (option.chosen) Symbol("check", tint = MaterialTheme.colorScheme.primary)
}
