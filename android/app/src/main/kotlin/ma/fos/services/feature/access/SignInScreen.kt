package ma.fos.services.feature.access

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import ma.fos.core.Phrase
import ma.fos.core.WelcomeView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.components.ActionBar
import ma.fos.services.ui.components.ActionButton
import ma.fos.services.ui.components.Banner
import ma.fos.services.ui.components.ButtonEmphasis
import ma.fos.services.ui.components.CentredRow
import ma.fos.services.ui.components.Heading
import ma.fos.services.ui.components.HelpButton
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.LocalNotices
import ma.fos.services.ui.components.Mark
import ma.fos.services.ui.components.ScreenScaffold
import ma.fos.services.ui.components.SecondaryText
import ma.fos.services.ui.components.StatusBarIcons
import ma.fos.services.ui.components.Steps
import ma.fos.services.ui.components.SymbolButton
import ma.fos.services.ui.components.Text
import ma.fos.services.ui.components.TextActionButton
import ma.fos.services.ui.components.locales
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.outdent
import ma.fos.services.ui.components.phrase
import ma.fos.services.ui.components.screenViewModel
import ma.fos.services.ui.components.state
import ma.fos.services.ui.components.topInset
import ma.fos.services.ui.forms.FormContent
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.FormUiState
import ma.fos.services.ui.forms.ScrollToProblemsEffect
import ma.fos.services.ui.forms.Secrets
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.isCompactHeight
import ma.fos.services.ui.theme.isStackedLayout
import ma.fos.services.ui.theme.roles

/** Guide steps 1, 2 and 5: sign-in. */
@Composable
internal fun SignInRoute(core: CoreState, onRequestPassword: () -> Unit, onBack: (() -> Unit)? = null) {
    val model = screenViewModel { SignInViewModel(core) }
    val uiState = model.state()
    val welcome by model.welcome.collectAsStateWithLifecycle()
    SignInScreen(
        uiState,
        welcome,
        model.secrets,
        model,
        SignInNavigation(onRequestPassword, model::changeLanguage, onBack)
    )
}

/** Actions of the member beside the form. */
internal class SignInNavigation(
    val onRequestPassword: () -> Unit = {},
    val onLanguage: () -> Unit = {},
    val onBack: (() -> Unit)? = null
)

@Composable
internal fun SignInScreen(
    uiState: FormUiState,
    welcome: WelcomeView,
    secrets: Secrets,
    events: FormEvents,
    navigation: SignInNavigation
) {
    val form = uiState.form
    val scroll = rememberScrollState()
    ScrollToProblemsEffect(uiState, scroll)
    val submit = @Composable { ActionButton(form.action, events::submit, working = uiState.working) }
    // In a low window the button would lie below the form, out of sight.
    val isInBar = isCompactHeight
    ScreenScaffold("sign-in", bar = if (isInBar) ({ ActionBar { submit() } }) else null, scroll = scroll) {
        Header(welcome, navigation)
        Banner(LocalNotices.current)
        Column(
            Modifier.margins().padding(vertical = Tokens.Space.m),
            verticalArrangement = Arrangement.spacedBy(Tokens.Space.m)
        ) {
            form.steps?.let { Steps(it) }
            Heading(form.title, style = MaterialTheme.typography.headlineMedium)
            FormContent(form, secrets, events, Modifier, uiState.problem, uiState.focus, scroll)
            if (!isInBar) submit()
            FirstTime(welcome, navigation.onRequestPassword)
            if (isMinistryLast) SecondaryText(welcome.ministry)
        }
    }
}

/** Header of the sign-in screen: the foundation's name, and the button of the other language. */
@Composable
private fun Header(welcome: WelcomeView, navigation: SignInNavigation) {
    val roles = MaterialTheme.roles
    val isLow = isCompactHeight
    StatusBarIcons(onBrand = true)
    BoxWithConstraints(
        Modifier
            .fillMaxWidth()
            .background(
                roles.brand,
                RoundedCornerShape(bottomStart = Tokens.Radius.sheet, bottomEnd = Tokens.Radius.sheet)
            )
            .topInset()
            .margins()
            .padding(top = if (isLow) 0.dp else Tokens.Space.xs, bottom = if (isLow) Tokens.Space.xxs else 14.dp)
    ) {
        val below = maxWidth / LocalDensity.current.fontScale < NAMES_BESIDE
        Column {
            CentredRow(Tokens.Space.s, Modifier.fillMaxWidth()) {
                MarkOrBack(
                    markSize = when {
                        isLow -> 40.dp
                        below -> 48.dp
                        else -> 56.dp
                    },
                    navigation.onBack
                )
                if (below) Spacer(Modifier.weight(1f)) else Names(welcome, Modifier.weight(1f))
                TextActionButton(
                    welcome.otherLanguage,
                    navigation.onLanguage,
                    Modifier.testTag("language"),
                    tint = roles.onBrand,
                    locales = welcome.other.locales
                )
                HelpButton(LocalAppActions.current.onHelp, roles.onBrand)
            }
            if (below) Names(welcome)
        }
    }
}

/** Mark of the foundation; the way back in its place where the screen lies over another one. */
@Composable
private fun MarkOrBack(markSize: Dp, onBack: (() -> Unit)?) {
    if (onBack == null) {
        Mark(size = markSize)
    } else {
        val place = Modifier.outdent().testTag("back")
        SymbolButton("arrow_back", phrase(Phrase.BACK), onBack, place, MaterialTheme.roles.onBrand)
    }
}

/** Name of the foundation, and of its ministry where there is room. */
@Composable
private fun Names(welcome: WelcomeView, modifier: Modifier = Modifier) {
    val roles = MaterialTheme.roles
    Column(modifier.semantics(mergeDescendants = true) {}) {
        Text(welcome.foundation, style = MaterialTheme.typography.titleSmall, color = roles.onBrand)
        if (!isMinistryLast) {
            Text(welcome.ministry, style = MaterialTheme.typography.bodyMedium, color = roles.onBrandVariant)
        }
    }
}

/** True if the ministry is named at the end of the page: in the header it would push the form out of sight. */
private val isMinistryLast: Boolean
    @Composable
    get() = isStackedLayout || isCompactHeight

/** Width that the header needs, at the font's own size, for the names to stand beside the mark. */
private val NAMES_BESIDE = 340.dp

/** The same way serves a first password and a forgotten one. */
@Composable
private fun FirstTime(welcome: WelcomeView, onRequestPassword: () -> Unit) {
    val colours = MaterialTheme.colorScheme
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.surfaceContainer, MaterialTheme.shapes.large)
            .padding(Tokens.Space.m),
        verticalArrangement = Arrangement.spacedBy(Tokens.Space.xxs)
    ) {
        Text(welcome.firstTime, style = MaterialTheme.typography.titleMedium)
        SecondaryText(welcome.firstTimeText, Modifier.padding(bottom = Tokens.Space.xs))
        ActionButton(welcome.ask, onRequestPassword, emphasis = ButtonEmphasis.OUTLINED, symbol = "mail")
    }
}
