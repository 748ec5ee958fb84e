package ma.fos.services.feature.access

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.forms.FormRoute
import ma.fos.services.ui.forms.FormViewModel

/** Guide step 3: the form that asks for a password. Its acceptance changes the stage. */
@Composable
internal fun PasswordRequestRoute(core: CoreState, onBack: () -> Unit) =
    FormRoute(screenViewModel { FormViewModel(core, core.forms.passwordRequest) }, onBack)

/** Guide step 7: the member chooses a password. The screen cannot be left before. */
@Composable
internal fun NewPasswordRoute(core: CoreState) =
    FormRoute(screenViewModel { FormViewModel(core, core.forms.newPassword) })
