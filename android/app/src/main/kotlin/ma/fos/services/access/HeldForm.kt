package ma.fos.services.access

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import ma.fos.core.Access
import ma.fos.core.Form
import ma.fos.services.FosLive
import ma.fos.services.forms.FormState
import ma.fos.services.forms.Secrets
import ma.fos.services.root.Act
import ma.fos.services.root.LocalActs

/** A form with the act of its button. */
internal class HeldForm(val form: FormState, val act: Act)

/**
 * One of the access forms for the screen that shows it; read again in another language or when the core changed it.
 * [onSent] hears what to say once it was sent.
 */
@Composable
internal fun rememberForm(
    live: FosLive,
    key: String,
    secrets: Secrets,
    of: (Access) -> Form,
    onSent: (String?) -> Unit = {}
): HeldForm {
    val act = LocalActs.current.act(key)
    val sent = rememberUpdatedState(onSent)
    val held = remember(live) {
        lateinit var form: FormState
        form = FormState(of(live.fos.access()), secrets) {
            act.run {
                form.sendNow()
                sent.value(form.view.done)
            }
        }
        HeldForm(form, act)
    }
    LaunchedEffect(live.language, live.form) { held.form.read() }
    DisposableEffect(act) { onDispose { act.settle() } }
    return held
}
