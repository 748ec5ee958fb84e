package ma.fos.services.ui.components

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import ma.fos.core.QuestionView
import ma.fos.services.ui.theme.Tokens

/** Shows [question] in a sheet over [screen] until it is answered; `null` shows the screen alone. */
@Composable
internal fun ConfirmationSheet(
    question: QuestionView?,
    onConfirm: () -> Unit,
    onCancel: () -> Unit,
    screen: @Composable () -> Unit
) = Box {
    // Under the question the screen is there for the eye only.
    Box(Modifier.covered(question != null)) { screen() }
    question?.let { Question(it, onConfirm, onCancel) }
}

@Composable
private fun Question(view: QuestionView, onConfirm: () -> Unit, onCancel: () -> Unit) =
    Sheet("question", view.question, onCancel) {
        Column(Modifier.margins(), Arrangement.spacedBy(Tokens.Space.m)) {
            Heading(view.question, style = MaterialTheme.typography.titleLarge)
            Text(
                view.consequences,
                Modifier.padding(bottom = Tokens.Space.s),
                style = MaterialTheme.typography.bodyLarge
            )
            ActionButton(view.confirm, onConfirm, emphasis = ButtonEmphasis.OUTLINED)
            ActionButton(view.cancel, onCancel)
        }
    }
