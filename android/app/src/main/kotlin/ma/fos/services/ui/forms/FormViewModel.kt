package ma.fos.services.ui.forms

import androidx.compose.runtime.Composable
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.update
import ma.fos.core.ContentType
import ma.fos.core.FieldKind
import ma.fos.core.Form
import ma.fos.core.FormChanges
import ma.fos.core.FormView
import ma.fos.core.FosException
import ma.fos.core.SecretInput
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.CoreState
import ma.fos.services.core.ScreenViewModel
import ma.fos.services.ui.components.EventEffect
import ma.fos.services.ui.components.state
import ma.fos.services.ui.components.withoutLoneSurrogates

/**
 * State of a screen that is one form; [searching] is the key of the field whose search sheet is open at first. [failures] counts
 * the submissions that failed, and [focus] is the field that the summary of problems led to last.
 */
internal data class FormUiState(
    val form: FormView,
    val problem: String? = null,
    val working: Boolean = false,
    val searching: String? = null,
    val failures: Int = 0,
    val focus: FocusRequest? = null
)

/**
 * View model of a screen that is one form. Keystrokes are synchronous and in memory. Typed secrets are in [secrets] alone, and
 * end with the screen. The outcome of a submission goes to [onOutcome], or else to [events].
 */
internal open class FormViewModel(
    core: CoreState,
    private val form: Form,
    private val onOutcome: ((SubmitOutcome) -> Unit)? = null
) : ScreenViewModel<FormUiState, SubmitOutcome>(core, FormUiState(form.view())),
    FormEvents {
    val secrets = Secrets()
    private val submission = action { copy(problem = firstProblem, working = it.isRunning) }
    private val view get() = uiState.value.form

    init {
        // The first state is the present version.
        core.changes { it.language to it.formVersion }.drop(1).onEach { show(form.view()) }.launchIn(viewModelScope)
    }

    override fun set(key: String, input: String): String {
        // Ignores the echo of a value that the core itself has set.
        val whole = input.withoutLoneSurrogates()
        if (view.fields.any { it.key == key && it.kind != FieldKind.SECRET && it.value == whole }) return whole
        take(form.set(key, whole))
        return view.fields.firstOrNull { it.key == key }?.value ?: whole
    }

    override fun pickDay(key: String, day: Long) = take(form.pickDay(key, day))

    override fun openField(key: String) {
        show(form.openField(key))
        update { copy(focus = FocusRequest(key)) }
    }

    override fun find(key: String, text: String) = form.find(key, text.withoutLoneSurrogates())

    override fun blur(key: String) = take(form.blur(key))

    override fun previous() = show(form.previous())

    override fun openSection(section: UInt) = show(form.openSection(section))

    /** Submits with the typed secrets, which are forgotten once the portal has accepted them. */
    override fun submit() = submission.run {
        val typed = view.fields.filter { it.kind == FieldKind.SECRET }
            .map { SecretInput(it.key, secrets.typed(it.key)) }
        try {
            val outcome = form.submit(typed)
            secrets.forget()
            onOutcome?.invoke(outcome) ?: send(outcome)
        } catch (e: FosException) {
            update { copy(failures = failures + 1) }
            throw e
        } finally {
            show(form.view())
        }
    }

    override fun onHidden() {
        super.onHidden()
        forgetSecrets()
    }

    override fun onCleared() = forgetSecrets()

    /** Erases the typed secrets and the strength of a new password. */
    private fun forgetSecrets() {
        secrets.forget()
        view.fields.filter { it.contentType == ContentType.NEW_PASSWORD }.forEach { form.set(it.key, "") }
    }

    private fun take(changes: FormChanges) = show(view.copy(fields = changes.fields, summary = changes.summary))

    private fun show(form: FormView) = update { copy(form = form) }
}

/** Route of a screen that is one form, for [FormScreen]. [onOutcome] gets the outcome of each submission. */
@Composable
internal fun FormRoute(
    model: FormViewModel,
    onBack: (() -> Unit)? = null,
    isRequest: Boolean = false,
    onOutcome: (SubmitOutcome) -> Unit = {}
) {
    val uiState = model.state()
    EventEffect(model, onOutcome)
    FormScreen(uiState, model.secrets, model, onBack, isRequest)
}
