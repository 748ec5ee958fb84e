package ma.fos.services.feature.account

import androidx.compose.runtime.Composable
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.forms.FormPage
import ma.fos.services.ui.forms.FormPageState
import ma.fos.services.ui.forms.rememberForm

/** Screen that changes the member's password; [onDone] gets the outcome. */
@Composable
internal fun ChangePasswordScreen(core: CoreState, onBack: () -> Unit, onDone: (SubmitOutcome) -> Unit) {
    val secrets = LocalAppViewModel.current.secrets("change-password")
    val formWithAction = rememberForm(core, "change-password", secrets, core.forms.changePassword, onSent = onDone)
    FormPage(
        FormPageState(
            formWithAction.form.view,
            core.notices,
            formWithAction.action.problem,
            formWithAction.action.isRunning
        ),
        secrets,
        formWithAction.form,
        onBack
    )
}
