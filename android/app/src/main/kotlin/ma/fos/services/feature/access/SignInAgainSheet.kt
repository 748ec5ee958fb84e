package ma.fos.services.feature.access

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.Sheet
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.forms.FormContent
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.FormViewModel
import ma.fos.services.ui.forms.Secrets
import ma.fos.services.ui.theme.Tokens

/** Sheet that signs the same member in again after the session has ended, over the screen they are on. */
@Composable
internal fun SignInAgainRoute(core: CoreState) {
    // Also a sheet that was put away meanwhile and opened again closes: it is not the one that submitted.
    val model = screenViewModel { FormViewModel(core, core.forms.signInAgain) { core.closeSignIn() } }
    val uiState = model.state()
    SignInAgainSheet(uiState, model.secrets, model, core::closeSignIn)
}

@Composable
internal fun SignInAgainSheet(uiState: FormUiState, secrets: Secrets, events: FormEvents, onClose: () -> Unit) {
    Sheet(uiState.form.key, uiState.form.title, onClose) {
        Column(
            Modifier.padding(horizontal = Tokens.Space.page),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            Heading(uiState.form.title, style = MaterialTheme.typography.titleLarge)
            FormContent(uiState.form, secrets, events, problem = uiState.problem)
            ActionButton(uiState.form.action, events::submit, working = uiState.working)
        }
    }
}
