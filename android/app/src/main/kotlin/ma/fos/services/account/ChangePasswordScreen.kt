package ma.fos.services.account

import androidx.compose.runtime.Composable
import ma.fos.core.SubmitOutcome
import ma.fos.services.FosLive
import ma.fos.services.forms.FormPage
import ma.fos.services.forms.FormPageState
import ma.fos.services.forms.rememberForm
import ma.fos.services.root.LocalActs

/** Another password in place of one's own; [onDone] gets the outcome. */
@Composable
internal fun ChangePasswordScreen(live: FosLive, onBack: () -> Unit, onDone: (SubmitOutcome) -> Unit) {
    val secrets = LocalActs.current.secrets("change-password")
    val held = rememberForm(live, "change-password", secrets, live.forms.changePassword, onSent = onDone)
    FormPage(
        FormPageState(held.form.view, live.notices, held.act.problem, held.act.working),
        secrets,
        held.form,
        onBack
    )
}
