package ma.fos.services.ui.components

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import ma.fos.core.AnswerSectionView
import ma.fos.services.ui.theme.Tokens

/** Answers of one section of a form, to be read; [edit] leads to where they are changed. */
@Composable
internal fun Answers(section: AnswerSectionView, edit: @Composable () -> Unit = {}) =
    Column(verticalArrangement = Arrangement.spacedBy(Tokens.Space.s)) {
        Heading(section.title)
        FosCard {
            Column(Modifier.padding(Tokens.Space.m), Arrangement.spacedBy(Tokens.Space.m)) {
                for (answer in section.answers) LabelAndValue(answer, Modifier.semantics(mergeDescendants = true) {})
                edit()
            }
        }
    }
