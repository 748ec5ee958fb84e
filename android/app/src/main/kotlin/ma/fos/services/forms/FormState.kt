package ma.fos.services.forms

import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.foundation.text.input.clearText
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshots.SnapshotStateMap
import ma.fos.core.ContentType
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.core.Form
import ma.fos.core.FormView
import ma.fos.core.OptionView
import ma.fos.core.SecretInput
import ma.fos.core.SubmitOutcome
import ma.fos.services.parts.wellFormed

/** Events of a form; the renderer knows nothing else. */
internal interface FormEvents {
    /** A keystroke, a choice or the robot box. */
    fun set(key: String, input: String)

    /** Options of a field of many that have these words. */
    fun find(key: String, text: String): List<OptionView>

    /** Focus left the field. */
    fun leave(key: String)

    /** The way to the part before. */
    fun previous()

    /** The form's own button. */
    fun send()
}

/** One form as the core sees it, kept for the screen that shows it. Secrets are in [secrets] only, and only in memory. */
@Stable
internal class FormState(private val form: Form, private val secrets: Secrets, private val onSend: () -> Unit) :
    FormEvents {
    var view by mutableStateOf(form.view())
        private set

    override fun set(key: String, input: String) {
        // The core's own words coming back from the field they were shown in are no news to it.
        val whole = input.wellFormed()
        if (view.fields.any { it.key == key && it.kind != FieldKind.SECRET && it.value == whole }) return
        view = view.with(form.set(key, whole).fields)
    }

    override fun find(key: String, text: String) = form.find(key, text.wellFormed())

    override fun leave(key: String) {
        view = view.with(form.blur(key).fields)
    }

    override fun previous() {
        view = form.previous()
    }

    override fun send() = onSend()

    /** Reads the whole form again: after it was sent, or when the core says that it changed. */
    fun read() {
        view = form.view()
    }

    /** Submits with the typed secrets, which are forgotten once the portal has accepted them, and returns the outcome. */
    suspend fun sendNow(): SubmitOutcome {
        val typed = view.fields.filter {
            it.kind == FieldKind.SECRET
        }.map { SecretInput(it.key, secrets.typed(it.key)) }
        try {
            return form.submit(typed).also { secrets.forget() }
        } finally {
            read()
        }
    }

    /** The screen was left: what was typed into secret fields goes, and what a password being chosen was worth. */
    fun forgetSecrets() {
        secrets.forget()
        view.fields.filter { it.contentType == ContentType.NEW_PASSWORD }.forEach { form.set(it.key, "") }
    }

    private fun FormView.with(changed: List<FieldView>) = copy(fields = changed)
}

/** The text of secret fields: in this process's memory until they were sent, never in what the system saves. */
@Stable
internal class Secrets {
    private val fields = SnapshotStateMap<String, TextFieldState>()
    private val discarded = mutableMapOf<String, UInt>()

    /** The text of one field. */
    fun field(key: String): TextFieldState = fields.getOrPut(key) { TextFieldState() }

    /** Returns the text of one field. */
    fun typed(key: String): String = field(key).text.toString().wellFormed()

    /** Empties a field if the core has discarded its text since the last time; returns true if it did. */
    fun discard(key: String, times: UInt): Boolean {
        if (discarded.put(key, times) ?: 0u == times) return false
        field(key).clearText()
        return true
    }

    /** Empties them all. */
    fun forget() = fields.clear()
}
