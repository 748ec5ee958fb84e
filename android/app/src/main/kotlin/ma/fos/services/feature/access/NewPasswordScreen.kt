package ma.fos.services.feature.access

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.forms.FormPage
import ma.fos.services.ui.forms.FormPageState
import ma.fos.services.ui.forms.rememberForm

/** Guide step 7: the member chooses a password. The screen cannot be left before. */
@Composable
internal fun NewPasswordScreen(core: CoreState) {
    val secrets = LocalAppViewModel.current.secrets("new-password")
    val formWithAction = rememberForm(core, "new-password", secrets, core.forms.newPassword)
    FormPage(
        FormPageState(
            formWithAction.form.view,
            core.notices,
            formWithAction.action.problem,
            formWithAction.action.isRunning
        ),
        secrets,
        formWithAction.form
    )
}
