package ma.fos.services.ui.forms

import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import ma.fos.core.ContentType
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.core.Form
import ma.fos.core.FormView
import ma.fos.core.OptionView
import ma.fos.core.SecretInput
import ma.fos.core.SubmitOutcome
import ma.fos.services.ui.components.withoutLoneSurrogates

/** Events of a form; the renderer knows nothing else. */
internal interface FormEvents {
    /** Called for a keystroke, a choice or the captcha's box. */
    fun set(key: String, input: String)

    /** Returns the options of a searchable field that match the text. */
    fun find(key: String, text: String): List<OptionView>

    /** Called when the field loses focus. */
    fun blur(key: String)

    /** Returns to the section before. */
    fun previous()

    /** Submits the form or its section. */
    fun submit()
}

/** State of a form for the screen that shows it. Secrets are in [secrets] alone, in memory. */
@Stable
internal class FormState(private val form: Form, private val secrets: Secrets, private val onSend: () -> Unit) :
    FormEvents {
    var view by mutableStateOf(form.view())
        private set

    override fun set(key: String, input: String) {
        // Ignores the echo of a value that the core itself has set.
        val whole = input.withoutLoneSurrogates()
        if (view.fields.any { it.key == key && it.kind != FieldKind.SECRET && it.value == whole }) return
        view = view.with(form.set(key, whole).fields)
    }

    override fun find(key: String, text: String) = form.find(key, text.withoutLoneSurrogates())

    override fun blur(key: String) {
        view = view.with(form.blur(key).fields)
    }

    override fun previous() {
        view = form.previous()
    }

    override fun submit() = onSend()

    /** Reads the whole form again: after it was sent, or when the core says that it changed. */
    fun read() {
        view = form.view()
    }

    /** Submits with the typed secrets, which are forgotten once the portal has accepted them, and returns the outcome. */
    suspend fun submitForm(): SubmitOutcome {
        val typed = view.fields.filter {
            it.kind == FieldKind.SECRET
        }.map { SecretInput(it.key, secrets.typed(it.key)) }
        try {
            return form.submit(typed).also { secrets.forget() }
        } finally {
            read()
        }
    }

    /** Erases the typed secrets and the strength of a new password, when the screen is left. */
    fun forgetSecrets() {
        secrets.forget()
        view.fields.filter { it.contentType == ContentType.NEW_PASSWORD }.forEach { form.set(it.key, "") }
    }

    private fun FormView.with(changed: List<FieldView>) = copy(fields = changed)
}
