package ma.fos.services.forms

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import ma.fos.core.Form
import ma.fos.services.FosLive
import ma.fos.services.root.Act
import ma.fos.services.root.LocalActs

/** A form with the act of its button. */
internal class HeldForm(val form: FormState, val act: Act)

/**
 * A form for the screen that shows it; read again in another language or when the core changed it. [onSent] hears what to
 * say once it was sent.
 */
@Composable
internal fun rememberForm(
    live: FosLive,
    key: String,
    secrets: Secrets,
    form: Form,
    onSent: (String?) -> Unit = {}
): HeldForm {
    val act = LocalActs.current.act(key)
    val sent = rememberUpdatedState(onSent)
    val held = remember(live, form) {
        lateinit var state: FormState
        state = FormState(form, secrets) {
            act.run {
                state.sendNow()
                sent.value(state.view.done)
            }
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
    DisposableEffect(act) { onDispose { act.settle() } }
    return held
}
