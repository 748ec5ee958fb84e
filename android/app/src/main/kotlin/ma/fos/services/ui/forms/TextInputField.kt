package ma.fos.services.ui.forms

import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsFocusedAsState
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.BasicSecureTextField
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.text.input.KeyboardActionHandler
import androidx.compose.foundation.text.input.TextFieldLineLimits
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.TextObfuscationMode
import androidx.compose.foundation.text.input.setTextAndPlaceCursorAtEnd
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType as Autofill
import androidx.compose.ui.focus.FocusDirection
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentType
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.intl.LocaleList
import kotlinx.coroutines.flow.drop
import ma.fos.core.ContentType
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.core.Keyboard
import ma.fos.core.Phrase
import ma.fos.services.ui.components.SymbolButton
import ma.fos.services.ui.components.addressBreaks
import ma.fos.services.ui.components.alignedToLayoutStart
import ma.fos.services.ui.components.fittingStyle
import ma.fos.services.ui.components.leftByEnter
import ma.fos.services.ui.components.leftByTab
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.withoutLineBreaks

/** Text field. The core stores its text over a rotation and a killed process; saved state holds none of it. */
@Composable
internal fun TextInputField(field: FieldView, events: FormEvents) {
    val state = remember { TextFieldState(field.value) }
    val interaction = remember { MutableInteractionSource() }
    val focused by interaction.collectIsFocusedAsState()
    val now by rememberUpdatedState(events)
    var had by remember { mutableStateOf(false) }

    // Every text goes to the core: keystrokes, autofill, and what the system brought back.
    LaunchedEffect(state) {
        snapshotFlow { state.text.toString() }.collect { typed -> state.showAs(now.set(field.key, typed), typed) }
    }
    LaunchedEffect(focused) {
        if (had && !focused) now.blur(field.key)
        had = focused
    }
    // The core's normal form shows when the member is elsewhere; it never changes under their fingers.
    LaunchedEffect(field.value, focused) {
        if (!focused && state.text.toString() != field.value) state.setTextAndPlaceCursorAtEnd(field.value)
    }
    var textWidthPx by remember { mutableIntStateOf(Int.MAX_VALUE) }
    val focus = LocalFocusManager.current
    // An address is checked letter by letter: all of it is in sight.
    val isAddress = field.contentType == ContentType.EMAIL
    val keys = Modifier.leftByTab(focus)
    BasicTextField(
        state,
        Modifier
            .fillMaxWidth()
            .then(if (isAddress) keys.leftByEnter(focus, events::submit.takeIf { field.last }) else keys)
            .field(field),
        inputTransformation = withoutLineBreaks.takeIf { isAddress },
        textStyle = textStyle(field, state, textWidthPx),
        keyboardOptions = field.keyboardOptions(),
        onKeyboardAction = field.keyboardAction(events),
        lineLimits = when {
            field.kind == FieldKind.MULTILINE_TEXT -> LINES
            isAddress -> TextFieldLineLimits.MultiLine()
            else -> TextFieldLineLimits.SingleLine
        },
        interactionSource = interaction,
        cursorBrush = SolidColor(MaterialTheme.colorScheme.primary),
        outputTransformation = addressBreaks.takeIf { isAddress },
        decorator = { inner ->
            FieldFrame(
                field,
                focused,
                onTextWidthChange = { textWidthPx = it },
                empty = state.text.isEmpty(),
                end = field.calendar?.let {
                    { CalendarButton(field.key, it) { day -> events.pickDay(field.key, day) } }
                },
                content = inner
            )
        }
    )
}

/** Shows what was [typed] as the core shows it while it is typed, with the same characters before the cursor. */
private fun TextFieldState.showAs(value: String, typed: String) {
    if (value == typed || text.toString() != typed) return
    val before = typed.take(selection.end).count(Char::isLetterOrDigit)
    val isAtEnd = selection.end == typed.length
    edit {
        replace(0, length, value)
        val ends = value.indices.filter { value[it].isLetterOrDigit() }
        selection = TextRange(if (isAtEnd) value.length else ends.getOrNull(before - 1)?.plus(1) ?: 0)
    }
}

private val LINES = TextFieldLineLimits.MultiLine(minHeightInLines = 3, maxHeightInLines = 10)

/** Password field with a button that shows the text. */
@Composable
internal fun SecretField(field: FieldView, secrets: Secrets, events: FormEvents) {
    val state = secrets.field(field.key)
    val focus = remember { FocusRequester() }
    val interaction = remember { MutableInteractionSource() }
    val focused by interaction.collectIsFocusedAsState()
    val isNewPassword = field.contentType == ContentType.NEW_PASSWORD
    var shown by rememberSaveable { mutableStateOf(isNewPassword) }
    val now by rememberUpdatedState(events)
    LaunchedEffect(field.discarded) { if (secrets.discard(field.key, field.discarded)) focus.requestFocus() }
    // The core rates a new password at every keystroke. Of any other secret it learns the key press alone, which removes the
    // problem; the secret is passed on submission. A field that the core has emptied was not typed into.
    LaunchedEffect(state) {
        snapshotFlow { state.text.toString() }.drop(1).collect { typed ->
            if (isNewPassword) {
                now.set(field.key, typed)
            } else if (typed.isNotEmpty()) {
                now.set(field.key, "")
            }
        }
    }
    var textWidthPx by remember { mutableIntStateOf(Int.MAX_VALUE) }
    val keys = LocalFocusManager.current
    BasicSecureTextField(
        state,
        Modifier.fillMaxWidth().focusRequester(focus).field(field),
        textStyle = textStyle(field, state, textWidthPx),
        keyboardOptions = field.keyboardOptions(),
        // The next field is below; what comes next is the button that shows the text.
        onKeyboardAction = field.keyboardAction(events) ?: KeyboardActionHandler {
            keys.moveFocus(FocusDirection.Down)
        },
        interactionSource = interaction,
        cursorBrush = SolidColor(MaterialTheme.colorScheme.primary),
        textObfuscationMode = if (shown) TextObfuscationMode.Visible else TextObfuscationMode.Hidden,
        decorator = { inner ->
            FieldFrame(
                field,
                focused,
                onTextWidthChange = { textWidthPx = it },
                end = { PasswordVisibilityButton(field.key, shown) { shown = !shown } },
                content = inner
            )
        }
    )
}

@Composable
private fun PasswordVisibilityButton(key: String, shown: Boolean, onClick: () -> Unit) {
    SymbolButton(
        if (shown) "visibility_off" else "visibility",
        phrase(if (shown) Phrase.HIDE_PASSWORD else Phrase.SHOW_PASSWORD),
        onClick,
        Modifier.testTag("show:$key"),
        MaterialTheme.colorScheme.onSurfaceVariant
    )
}

@Composable
private fun textStyle(field: FieldView, state: TextFieldState, textWidthPx: Int): TextStyle {
    val style = if (field.leftToRight) {
        fittingStyle(state.text.toString(), textWidthPx).alignedToLayoutStart()
    } else {
        MaterialTheme.typography.bodyLarge
    }
    return style.copy(color = MaterialTheme.colorScheme.onSurface)
}

private fun Modifier.field(field: FieldView) = testTag(field.key).semantics {
    field.contentType.autofill?.let { contentType = it }
    field.problem?.let { error(it) }
}

private val ContentType.autofill: Autofill?
    get() = when (this) {
        ContentType.NONE -> null
        ContentType.USERNAME -> Autofill.Username
        ContentType.PASSWORD -> Autofill.Password
        ContentType.NEW_PASSWORD -> Autofill.NewPassword
        ContentType.EMAIL -> Autofill.EmailAddress
        ContentType.PHONE -> Autofill.PhoneNumber
    }

/** Autocorrect only in prose: a number or a name must stay as it was typed. */
private fun FieldView.keyboardOptions() = KeyboardOptions(
    capitalization = when (keyboard) {
        Keyboard.CAPITALS -> KeyboardCapitalization.Characters
        Keyboard.TEXT -> KeyboardCapitalization.Sentences
        else -> KeyboardCapitalization.None
    },
    autoCorrectEnabled = kind == FieldKind.MULTILINE_TEXT,
    keyboardType = when (keyboard) {
        Keyboard.DIGITS -> KeyboardType.Number
        Keyboard.CAPITALS -> KeyboardType.Ascii
        Keyboard.EMAIL -> KeyboardType.Email
        Keyboard.PASSWORD -> KeyboardType.Password
        Keyboard.AMOUNT -> KeyboardType.Decimal
        Keyboard.PHONE, Keyboard.DAY -> KeyboardType.Phone
        Keyboard.TEXT -> KeyboardType.Text
    },
    imeAction = when {
        kind == FieldKind.MULTILINE_TEXT -> ImeAction.Default
        this.last -> ImeAction.Done
        else -> ImeAction.Next
    },
    hintLocales = if (leftToRight) LocaleList("fr") else null
)

/**
 * The last field's key does what the button does; the others go to the next field by themselves. Where several lines are
 * written it makes another line.
 */
private fun FieldView.keyboardAction(events: FormEvents) =
    if (last && kind != FieldKind.MULTILINE_TEXT) KeyboardActionHandler { events.submit() } else null
