package ma.fos.services.ui.forms

import androidx.compose.foundation.ScrollState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.CaptchaState
import ma.fos.core.FieldKind
import ma.fos.core.FieldView
import ma.fos.core.FormView
import ma.fos.core.ReviewView
import ma.fos.services.ui.components.Answers
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.ProblemCard
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.SecureScreen
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.guarded

@Composable
private fun Field(field: FieldView, secrets: Secrets, events: FormEvents, onSearch: (String) -> Unit) {
    val set: (String) -> Unit = { events.set(field.key, it) }
    when (field.kind) {
        FieldKind.TEXT, FieldKind.MULTILINE_TEXT -> TextInputField(field, events)
        FieldKind.SECRET -> SecretField(field, secrets, events)
        FieldKind.CHOICE -> ChoiceField(field, set)
        FieldKind.SEARCH -> SearchableField(field) { onSearch(field.key) }
        FieldKind.WISHES -> WishesField(field, set)
        FieldKind.DECLARATION -> DeclarationField(field) { set((!field.declared).toString()) }
        FieldKind.CAPTCHA -> CaptchaField(field) { set((field.captcha == CaptchaState.IDLE).toString()) }
        FieldKind.READ_ONLY -> ReadOnlyField(field)
    }
}

/**
 * Any form: what is wrong with it on top, then its fields. The button is its screen's to place, and so is the list that
 * [onSearch] opens for a field. The field that [focus] names scrolls into view and gets the focus; within [scroll], the field
 * that was used last stays where it is while problems come and go.
 */
@Composable
internal fun FormContent(
    form: FormView,
    secrets: Secrets,
    events: FormEvents,
    modifier: Modifier = Modifier,
    problem: String? = null,
    focus: FocusRequest? = null,
    scroll: ScrollState? = null,
    onSearch: (String) -> Unit = {}
) {
    SecureScreen()
    val used = remember(scroll) { scroll?.let(::UsedField) }
    val kept = if (scroll == null) modifier else modifier.summaryKeptInSight(form.summary != null, scroll)
    Column(kept.fillMaxWidth(), Arrangement.spacedBy(18.dp)) {
        val summary = form.summary
        when {
            summary != null -> ProblemSummary(summary, events::openField)
            problem != null -> ProblemCard(problem)
        }
        form.intro?.let {
            SecondaryText(it, style = MaterialTheme.typography.bodyLarge)
        }
        for (field in form.fields) {
            key(form.key, field.key) {
                FocusablePlace(field.key, focus, used) { Field(field, secrets, events, onSearch) }
            }
        }
        form.review?.let { Review(it, events) }
        form.notice?.let {
            SecondaryText(it)
        }
    }
}

/** All answers before they are submitted, each section with the way to it, and what comes next. */
@Composable
private fun Review(review: ReviewView, events: FormEvents) {
    Heading(review.title)
    for (section in review.sections) {
        Answers(section.answers) {
            val description = "${section.edit.label}, ${section.answers.title}"
            TextActionButton(
                section.edit.label,
                guarded(section.edit) { events.openSection(section.section) },
                Modifier.testTag(section.edit.key).semantics { contentDescription = description },
                symbol = "edit"
            )
        }
    }
    Text(review.expectation, style = MaterialTheme.typography.bodyLarge)
}
