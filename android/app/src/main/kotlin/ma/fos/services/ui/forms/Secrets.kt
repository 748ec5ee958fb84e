package ma.fos.services.ui.forms

import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.runtime.Stable
import androidx.compose.runtime.snapshots.SnapshotStateMap
import ma.fos.services.ui.components.withoutLoneSurrogates

/** Texts of secret fields: in memory until they are submitted, never in saved state. */
@Stable
internal class Secrets {
    private val fields = SnapshotStateMap<String, TextFieldState>()
    private val discarded = mutableMapOf<String, UInt>()

    /** The text of one field. */
    fun field(key: String): TextFieldState = fields.getOrPut(key) { TextFieldState() }

    /** Returns the text of one field. */
    fun typed(key: String): String = field(key).text.toString().withoutLoneSurrogates()

    /** Empties a field if the core has discarded its text since the last time; returns true if it did. */
    fun discard(key: String, times: UInt): Boolean {
        if (discarded.put(key, times) ?: 0u == times) return false
        field(key).clearText()
        return true
    }

    /** Erases all texts. */
    fun forget() = fields.clear()
}
