package ma.fos.services.ui.forms

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.asPaddingValues
import androidx.compose.foundation.layout.exclude
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.ime
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.navigationBars
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.foundation.text.input.rememberTextFieldState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import ma.fos.core.FieldView
import ma.fos.core.OptionView
import ma.fos.core.Phrase
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosTopAppBar
import ma.fos.services.ui.components.PredictiveBack
import ma.fos.services.ui.components.SearchField
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Symbol
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.roles

/** All that one field may stand on, over its form: to be leafed through, or found by typing. [screen] is the form's. */
@Composable
internal fun SearchSheet(field: FieldView, screen: String, events: FormEvents, onClose: () -> Unit) {
    SecureScreen()
    val search = rememberTextFieldState()
    val text = search.text.toString()
    val found = remember(text, field.options) { events.find(field.key, text) }
    val list = rememberLazyListState()
    val focus = remember { FocusRequester() }
    LaunchedEffect(Unit) { focus.requestFocus() }
    LaunchedEffect(text) { list.scrollToItem(0) }
    PredictiveBack(onClose) {
        Column(
            Modifier
                .fillMaxSize()
                .background(MaterialTheme.colorScheme.surface)
                .testTag(screen)
                .semantics { paneTitle = field.label }
                .imePadding()
        ) {
            FosTopAppBar(field.label, onClose, symbol = "close", notices = emptyList())
            SearchField(
                phrase(Phrase.SEARCH),
                search,
                Modifier.margins().padding(
                    bottom = Tokens.Space.s
                ).focusRequester(focus).testTag("${field.key}-search"),
                MaterialTheme.roles.field,
                outlined = true
            )
            LazyColumn(Modifier.weight(1f).fillMaxWidth().selectableGroup(), list, contentPadding = bottom()) {
                items(found, key = { "${field.key}:${it.key}" }) { option ->
                    Option(option, Modifier.testTag("${field.key}:${option.key}")) {
                        events.set(field.key, option.key)
                        onClose()
                    }
                }
                if (found.isEmpty()) item { NothingFound(search) }
            }
        }
    }
}

@Composable
private fun bottom(): PaddingValues {
    val bar = WindowInsets.navigationBars.exclude(WindowInsets.ime).asPaddingValues().calculateBottomPadding()
    return PaddingValues(bottom = bar + Tokens.Space.l)
}

@Composable
private fun NothingFound(search: TextFieldState) = EmptyState(phrase(Phrase.NO_CITY)) {
    TextActionButton(phrase(Phrase.CLEAR_SEARCH), { search.clearText() }, outlined = true)
}

@Composable
private fun Option(option: OptionView, modifier: Modifier, onClick: () -> Unit) {
    CentredRow(
        Tokens.Space.xs,
        modifier
            .fillMaxWidth()
            .selectable(option.chosen, role = Role.RadioButton, onClick = onClick)
            .margins()
            .heightIn(min = Tokens.Size.button)
            .padding(vertical = Tokens.Space.xs)
    ) {
        val style = MaterialTheme.typography
        Text(option.label, Modifier.weight(1f), style = if (option.chosen) style.titleMedium else style.bodyLarge)
        if (option.chosen) Symbol("check", tint = MaterialTheme.colorScheme.primary)
    }
    HorizontalDivider(Modifier.margins())
}
