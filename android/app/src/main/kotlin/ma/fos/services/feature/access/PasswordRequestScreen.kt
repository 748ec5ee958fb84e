package ma.fos.services.feature.access

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.forms.FormPage
import ma.fos.services.ui.forms.FormPageState
import ma.fos.services.ui.forms.rememberForm

/** Guide step 3: the form that asks for a password. */
@Composable
internal fun PasswordRequestScreen(core: CoreState, onBack: () -> Unit, onSent: () -> Unit) {
    val secrets = LocalAppViewModel.current.secrets("password-request")
    val formWithAction =
        rememberForm(core, "password-request", secrets, core.forms.passwordRequest, onAccepted = onSent)
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
