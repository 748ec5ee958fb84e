package ma.fos.services.ui.forms

import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SelectableDates
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import java.util.concurrent.TimeUnit
import ma.fos.core.CalendarView
import ma.fos.core.Phrase
import ma.fos.services.ui.components.SymbolButton
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.phrase

/** Button of a field that opens Material's calendar; a day that is confirmed goes to [onPick], counted from 1970-01-01. */
@Composable
internal fun CalendarButton(key: String, calendar: CalendarView, onPick: (Long) -> Unit) {
    var open by rememberSaveable { mutableStateOf(false) }
    SymbolButton(
        "calendar_month",
        phrase(Phrase.CALENDAR),
        { open = true },
        Modifier.testTag("calendar:$key"),
        MaterialTheme.colorScheme.onSurfaceVariant
    )
    if (open) CalendarDialog(calendar, onPick) { open = false }
}

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun CalendarDialog(calendar: CalendarView, onPick: (Long) -> Unit, onClose: () -> Unit) {
    val state = rememberDatePickerState(
        initialSelectedDateMillis = TimeUnit.DAYS.toMillis(calendar.shown),
        selectableDates = object : SelectableDates {
            override fun isSelectableDate(utcTimeMillis: Long) =
                TimeUnit.MILLISECONDS.toDays(utcTimeMillis) in calendar.first..calendar.last
        }
    )
    DatePickerDialog(
        onDismissRequest = onClose,
        confirmButton = {
            TextActionButton(phrase(Phrase.DONE), {
                state.selectedDateMillis?.let { onPick(TimeUnit.MILLISECONDS.toDays(it)) }
                onClose()
            })
        },
        dismissButton = { TextActionButton(phrase(Phrase.CLOSE), onClose) }
    ) { DatePicker(state) }
}
