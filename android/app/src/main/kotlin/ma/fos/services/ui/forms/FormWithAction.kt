package ma.fos.services.ui.forms

import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import ma.fos.core.Form
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.AsyncAction
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel

/** A form with the action of its button. */
internal class FormWithAction(val form: FormState, val action: AsyncAction)

/**
 * A form for the screen that shows it; read again in another language or when the core changed it. [onSent] gets the
 * outcome of a submission, also on a screen that was rotated meanwhile; [onAccepted] is called although the screen has
 * gone, as where the stage leads on.
 */
@Composable
internal fun rememberForm(
    core: CoreState,
    key: String,
    secrets: Secrets,
    form: Form,
    onAccepted: () -> Unit = {},
    onSent: (SubmitOutcome) -> Unit = {}
): FormWithAction {
    val action = LocalAppViewModel.current.action(key)
    val sent = rememberUpdatedState(onSent)
    val accepted = rememberUpdatedState(onAccepted)
    // Saved: after a rotation the new screen waits for the outcome of what the old one submitted; a screen opened anew does not.
    val sending = rememberSaveable { mutableStateOf(false) }
    val formWithAction = remember(core, form) {
        lateinit var state: FormState
        state = FormState(form, secrets) {
            // Not set while the submission of another screen runs.
            if (action.submit { state.submitForm().also { accepted.value() } }) sending.value = true
        }
        FormWithAction(state, action)
    }
    val read = remember(formWithAction) { mutableStateOf(core.language to core.formVersion) }
    LaunchedEffect(core.language, core.formVersion) {
        // The state was created from the present version.
        val now = core.language to core.formVersion
        if (read.value != now) formWithAction.form.read()
        read.value = now
    }
    LaunchedEffect(sending.value, action.isRunning) {
        if (!sending.value || action.isRunning) return@LaunchedEffect
        sending.value = false
        formWithAction.form.read()
        action.outcome?.let { sent.value(it) }
    }
    val app = LocalAppViewModel.current
    val activity = LocalActivity.current
    DisposableEffect(formWithAction) {
        onDispose {
            action.clearProblem()
            // Secrets stay over a rotation and while help is open.
            if (activity?.isChangingConfigurations != true && !app.isHelpOpen) formWithAction.form.forgetSecrets()
        }
    }
    return formWithAction
}
