package ma.fos.services.forms

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
import ma.fos.services.FosLive
import ma.fos.services.root.Act
import ma.fos.services.root.LocalActs

/** A form with the act of its button. */
internal class HeldForm(val form: FormState, val act: Act)

/**
 * A form for the screen that shows it; read again in another language or when the core changed it. [onSent] gets the
 * outcome of a submission, also on a screen that was rotated meanwhile; [onAccepted] is called although the screen has
 * gone, as where the stage leads on.
 */
@Composable
internal fun rememberForm(
    live: FosLive,
    key: String,
    secrets: Secrets,
    form: Form,
    onAccepted: () -> Unit = {},
    onSent: (SubmitOutcome) -> Unit = {}
): HeldForm {
    val act = LocalActs.current.act(key)
    val sent = rememberUpdatedState(onSent)
    val accepted = rememberUpdatedState(onAccepted)
    // Saved: after a rotation the new screen waits for the outcome of what the old one submitted; a screen opened anew does not.
    val sending = rememberSaveable { mutableStateOf(false) }
    val held = remember(live, form) {
        lateinit var state: FormState
        state = FormState(form, secrets) {
            // What another screen submitted, and has not ended yet, is no outcome for this one.
            if (act.submit { state.sendNow().also { accepted.value() } }) sending.value = true
        }
        HeldForm(state, act)
    }
    val read = remember(held) { mutableStateOf(live.language to live.form) }
    LaunchedEffect(live.language, live.form) {
        // What it was made from it has read.
        val now = live.language to live.form
        if (read.value != now) held.form.read()
        read.value = now
    }
    LaunchedEffect(sending.value, act.working) {
        if (!sending.value || act.working) return@LaunchedEffect
        sending.value = false
        held.form.read()
        act.outcome?.let { sent.value(it) }
    }
    val acts = LocalActs.current
    val activity = LocalActivity.current
    DisposableEffect(held) {
        onDispose {
            act.settle()
            // A phone that is turned shows the same screen again, and so does help that is closed.
            if (activity?.isChangingConfigurations != true && !acts.helping) held.form.forgetSecrets()
        }
    }
    return held
}
