package ma.fos.services.access

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import ma.fos.services.FosLive
import ma.fos.services.forms.Secrets

/** Guide step 7: the member's own password. There is no way out of it but forward. */
@Composable
internal fun NewPasswordScreen(live: FosLive) {
    val secrets = remember { Secrets() }
    val held = rememberForm(live, "new-password", secrets, { it.newPassword() })
    FormPage(
        FormPageState(held.form.view, live.notices, held.act.problem, held.act.working),
        secrets,
        held.form
    )
}
