package ma.fos.services.feature.account

import androidx.compose.runtime.Composable
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.forms.FormRoute
import ma.fos.services.ui.forms.FormViewModel

/** Screen that changes the member's password; [onDone] gets the outcome. */
@Composable
internal fun ChangePasswordRoute(core: CoreState, onBack: () -> Unit, onDone: (SubmitOutcome) -> Unit) =
    FormRoute(screenViewModel { FormViewModel(core, core.forms.changePassword) }, onBack, onOutcome = onDone)
