package ma.fos.services.access

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import ma.fos.core.FormView
import ma.fos.core.NoticeView
import ma.fos.core.Phrase
import ma.fos.core.WelcomeView
import ma.fos.services.FosLive
import ma.fos.services.forms.FormContent
import ma.fos.services.forms.FormEvents
import ma.fos.services.forms.Secrets
import ma.fos.services.forms.rememberForm
import ma.fos.services.parts.ActionButton
import ma.fos.services.parts.Banner
import ma.fos.services.parts.HelpButton
import ma.fos.services.parts.Mark
import ma.fos.services.parts.Page
import ma.fos.services.parts.StatusBarIcons
import ma.fos.services.parts.Steps
import ma.fos.services.parts.SymbolButton
import ma.fos.services.parts.Text
import ma.fos.services.parts.Weight
import ma.fos.services.parts.WordsButton
import ma.fos.services.parts.clearTop
import ma.fos.services.parts.margins
import ma.fos.services.parts.outdent
import ma.fos.services.parts.say
import ma.fos.services.parts.voice
import ma.fos.services.root.LocalActs
import ma.fos.services.root.LocalWays
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.roles

/** Guide steps 1, 2 and 5: the door, in the form's own words. */
@Composable
internal fun SignInScreen(live: FosLive, onAsk: () -> Unit, onBack: (() -> Unit)? = null) {
    val secrets = LocalActs.current.secrets("sign-in")
    val held = rememberForm(live, "sign-in", secrets, live.forms.signIn)
    val speak = LocalActs.current.act("language")
    DisposableEffect(speak) { onDispose { speak.settle() } }
    val welcome = remember(live.language) { live.access.welcome() }
    SignInContent(
        SignInState(welcome, held.form.view, live.notices, held.act.problem ?: speak.problem, held.act.working),
        secrets,
        held.form,
        SignInEvents(onAsk, { speak.run { live.speak(welcome.other) } }, onBack)
    )
}

/** State of the screen. */
internal data class SignInState(
    val welcome: WelcomeView,
    val form: FormView,
    val notices: List<NoticeView> = emptyList(),
    val problem: String? = null,
    val working: Boolean = false
)

/** Actions of the member beside the form. */
internal class SignInEvents(val onAsk: () -> Unit, val onLanguage: () -> Unit, val onBack: (() -> Unit)? = null)

@Composable
internal fun SignInContent(state: SignInState, secrets: Secrets, form: FormEvents, events: SignInEvents) {
    val scroll = rememberScrollState()
    LaunchedEffect(state.form.summary, state.problem) {
        if (state.form.summary != null || state.problem != null) scroll.animateScrollTo(0)
    }
    Page("sign-in", scroll = scroll) {
        Header(state.welcome, events)
        Banner(state.notices)
        Column(
            Modifier.margins().padding(vertical = Tokens.Space.m),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            state.form.steps?.let { Steps(it) }
            Text(
                state.form.title,
                Modifier.semantics { heading() },
                style = MaterialTheme.typography.headlineMedium
            )
            FormContent(state.form, secrets, form, problem = state.problem)
            ActionButton(state.form.action, form::send, working = state.working)
            FirstTime(state.welcome, events.onAsk)
        }
    }
}

/** The member stands at a door: whose it is, and in which language. */
@Composable
private fun Header(welcome: WelcomeView, events: SignInEvents) {
    val roles = MaterialTheme.roles
    StatusBarIcons(onBrand = true)
    val names = @Composable { modifier: Modifier ->
        Column(modifier.semantics(mergeDescendants = true) {}) {
            Text(welcome.foundation, style = MaterialTheme.typography.titleSmall, color = roles.onBrand)
            Text(welcome.ministry, style = MaterialTheme.typography.bodyMedium, color = roles.onBrandVariant)
        }
    }
    BoxWithConstraints(
        Modifier
            .fillMaxWidth()
            .background(
                roles.brand,
                RoundedCornerShape(bottomStart = Tokens.Radius.sheet, bottomEnd = Tokens.Radius.sheet)
            )
            .clearTop()
            .margins()
            .padding(top = Tokens.Space.xs, bottom = 14.dp)
    ) {
        val below = maxWidth / LocalDensity.current.fontScale < NAMES_BESIDE
        Column {
            Row(
                Modifier.fillMaxWidth(),
                horizontalArrangement = Arrangement.spacedBy(Tokens.Space.s),
                verticalAlignment = Alignment.CenterVertically
            ) {
                val back = events.onBack
                if (back == null) {
                    Mark(size = if (below) 48.dp else 56.dp)
                } else {
                    SymbolButton(
                        "arrow_back",
                        say(Phrase.BACK),
                        back,
                        Modifier.outdent().testTag("back"),
                        roles.onBrand
                    )
                }
                if (below) Spacer(Modifier.weight(1f)) else names(Modifier.weight(1f))
                WordsButton(
                    welcome.otherLanguage,
                    events.onLanguage,
                    Modifier.testTag("language"),
                    tint = roles.onBrand,
                    voice = welcome.other.voice
                )
                HelpButton(LocalWays.current.help, roles.onBrand)
            }
            if (below) names(Modifier)
        }
    }
}

/** Width that the header needs, at letters of their own size, for the names to stand beside the mark. */
private val NAMES_BESIDE = 340.dp

/** The same way serves a first password and a forgotten one. */
@Composable
private fun FirstTime(welcome: WelcomeView, onAsk: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.surfaceContainer, RoundedCornerShape(Tokens.Radius.card))
            .padding(Tokens.Space.m),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.xxs)
    ) {
        Text(welcome.firstTime, style = MaterialTheme.typography.titleMedium)
        Text(
            welcome.firstTimeText,
            Modifier.padding(bottom = Tokens.Space.xs),
            style = MaterialTheme.typography.bodyMedium,
            color = colours.onSurfaceVariant
        )
        ActionButton(welcome.ask, onAsk, weight = Weight.OUTLINED, symbol = "mail")
    }
}
