package ma.fos.services.access

import androidx.compose.runtime.Composable
import ma.fos.services.FosLive
import ma.fos.services.forms.FormPage
import ma.fos.services.forms.FormPageState
import ma.fos.services.forms.rememberForm
import ma.fos.services.root.LocalActs

/** Guide step 3: who asks for a password, and where it goes. */
@Composable
internal fun PasswordRequestScreen(live: FosLive, onBack: () -> Unit, onSent: () -> Unit) {
    val secrets = LocalActs.current.secrets("password-request")
    val held = rememberForm(live, "password-request", secrets, live.forms.passwordRequest, onAccepted = onSent)
    FormPage(
        FormPageState(held.form.view, live.notices, held.act.problem, held.act.working),
        secrets,
        held.form,
        onBack
    )
}
