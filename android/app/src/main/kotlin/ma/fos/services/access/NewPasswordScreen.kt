package ma.fos.services.access

import androidx.compose.runtime.Composable
import ma.fos.services.FosLive
import ma.fos.services.forms.FormPage
import ma.fos.services.forms.FormPageState
import ma.fos.services.forms.rememberForm
import ma.fos.services.root.LocalActs

/** Guide step 7: the member's own password. There is no way out of it but forward. */
@Composable
internal fun NewPasswordScreen(live: FosLive) {
    val secrets = LocalActs.current.secrets("new-password")
    val held = rememberForm(live, "new-password", secrets, live.forms.newPassword)
    FormPage(
        FormPageState(held.form.view, live.notices, held.act.problem, held.act.working),
        secrets,
        held.form
    )
}
