package ma.fos.services.access

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import ma.fos.services.FosLive
import ma.fos.services.forms.FormContent
import ma.fos.services.forms.FormEvents
import ma.fos.services.forms.FormPageState
import ma.fos.services.forms.Secrets
import ma.fos.services.forms.rememberForm
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Sheet
import ma.fos.services.parts.Text
import ma.fos.services.root.LocalActs
import ma.fos.services.theme.Tokens

/** The session ended while the member was inside: they sign in again where they are, and nothing is hidden. */
@Composable
internal fun SignInAgainSheet(live: FosLive, onClose: () -> Unit) {
    val secrets = LocalActs.current.secrets("sign-in-again")
    // Also a sheet that was put away meanwhile and opened again closes: it is not the one that submitted.
    val held = rememberForm(live, "sign-in-again", secrets, live.forms.signInAgain, onAccepted = onClose)
    SignInAgainContent(
        FormPageState(held.form.view, problem = held.act.problem, working = held.act.working),
        secrets,
        held.form,
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
            ActionButton(state.form.action, events::send, working = state.working)
        }
    }
}
