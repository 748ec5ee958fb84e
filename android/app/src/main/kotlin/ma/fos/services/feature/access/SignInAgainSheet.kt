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
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.Sheet
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.forms.FormContent
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.FormPageState
import ma.fos.services.ui.forms.Secrets
import ma.fos.services.ui.forms.rememberForm
import ma.fos.services.ui.theme.Tokens

/** Sheet that signs the same member in again after the session has ended, over the screen they are on. */
@Composable
internal fun SignInAgainSheet(core: CoreState, onClose: () -> Unit) {
    val secrets = LocalAppViewModel.current.secrets("sign-in-again")
    // Also a sheet that was put away meanwhile and opened again closes: it is not the one that submitted.
    val formWithAction = rememberForm(core, "sign-in-again", secrets, core.forms.signInAgain, onAccepted = onClose)
    SignInAgainContent(
        FormPageState(
            formWithAction.form.view,
            problem = formWithAction.action.problem,
            working = formWithAction.action.isRunning
        ),
        secrets,
        formWithAction.form,
        onClose
    )
}

@Composable
internal fun SignInAgainContent(state: FormPageState, secrets: Secrets, events: FormEvents, onClose: () -> Unit) {
    Sheet(state.form.key, state.form.title, onClose) {
        Column(
            Modifier.padding(horizontal = Tokens.Space.page),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            Text(
                state.form.title,
                Modifier.semantics { heading() },
                style = MaterialTheme.typography.titleLarge
            )
            FormContent(state.form, secrets, events, problem = state.problem)
            ActionButton(state.form.action, events::submit, working = state.working)
        }
    }
}
