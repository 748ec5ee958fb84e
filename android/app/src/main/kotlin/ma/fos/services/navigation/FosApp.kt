package ma.fos.services.navigation

import androidx.activity.compose.LocalActivity
import androidx.compose.animation.Crossfade
import androidx.compose.animation.core.tween
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import androidx.lifecycle.ViewModelStoreOwner
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import ma.fos.core.NoticeAction
import ma.fos.core.Stage
import ma.fos.services.core.AppState
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreLoader
import ma.fos.services.core.CoreState
import ma.fos.services.core.LoadState
import ma.fos.services.feature.access.BlockingRoute
import ma.fos.services.feature.access.CharterRoute
import ma.fos.services.feature.access.NewPasswordRoute
import ma.fos.services.feature.access.SignInAgainRoute
import ma.fos.services.feature.help.OpeningFailedRoute
import ma.fos.services.ui.components.AppActions
import ma.fos.services.ui.components.FocusOverTurnEffect
import ma.fos.services.ui.components.GreyMark
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.LocalIsCovered
import ma.fos.services.ui.components.LocalNotices
import ma.fos.services.ui.components.LocalSnackbarMessage
import ma.fos.services.ui.components.LocalViewModelStoreOwner
import ma.fos.services.ui.components.LocalizedContent
import ma.fos.services.ui.components.NoKeyboardLearning
import ma.fos.services.ui.components.covered
import ma.fos.services.ui.components.open
import ma.fos.services.ui.theme.FosTheme
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.dark

/** The whole app: once the core is open, the screens of the member's stage. */
@Composable
internal fun FosApp(loader: CoreLoader, app: AppViewModel) {
    when (val load = loader.state) {
        LoadState.Loading -> LoadingScreen()

        is LoadState.Failed -> OpeningFailedRoute(loader, load.failure)

        is LoadState.Ready -> {
            val activity = LocalActivity.current as ViewModelStoreOwner
            CompositionLocalProvider(LocalViewModelStoreOwner provides activity) { AppContent(load.core, app) }
        }
    }
}

@Composable
private fun LoadingScreen() = FosTheme {
    Box(
        Modifier.fillMaxSize().background(MaterialTheme.colorScheme.surface).safeDrawingPadding().testTag("opening"),
        contentAlignment = Alignment.Center
    ) { GreyMark(96.dp, isLoading = true) }
}

/** The app over an open core. */
@Composable
internal fun AppContent(core: CoreState, app: AppViewModel) {
    val state by core.state.collectAsStateWithLifecycle()
    LocalizedContent(state.language, state.phrases) {
        val help = rememberBackStack()
        CompositionLocalProvider(
            LocalAppActions provides rememberAppActions(core, app, help),
            LocalNotices provides state.notices,
            LocalSnackbarMessage provides app.snackbar
        ) {
            FosTheme(state.theme.dark) {
                NoKeyboardLearning { StageAndHelp(core, state, app, help) }
                FocusOverTurnEffect()
            }
        }
    }
}

/** The screen of the stage; help over any of them, and over the space the sheet that signs in again. */
@Composable
private fun StageAndHelp(core: CoreState, state: AppState, app: AppViewModel, help: BackStack) {
    val entries = rememberNavEntries()
    val access = rememberAccessBackStacks()
    entries.ClearRemoved(listOf(state.stage.name, "$SIGN_IN_AGAIN:${state.stage}") + help.routes.map(Route::key))
    AccessBackStacksEffect(state.stage, access)
    SignedOutEffect(state.stage, entries)
    LinkClosesHelpEffect(state.stage, app, help)
    val isHelpOpen = help.top != null
    val isSigningIn = state.isSignInOpen && state.stage == Stage.SPACE && !isHelpOpen
    Box {
        if (isHelpOpen) {
            HelpPage(core, help, entries)
        } else {
            // Hidden from screen readers while the sheet is open.
            Box(Modifier.covered(isSigningIn)) {
                CompositionLocalProvider(LocalIsCovered provides isSigningIn) {
                    StageContent(core, state, app, entries, access)
                }
            }
        }
        if (isSigningIn) entries.Entry("$SIGN_IN_AGAIN:${state.stage}") { SignInAgainRoute(core) }
    }
}

private const val SIGN_IN_AGAIN = "sign-in-again"

/** The stages that belong to one member. */
private val memberStages = listOf(Stage.CHARTER, Stage.NEW_PASSWORD, Stage.SPACE)

/** Clears what the screens of a member have saved, also in a process that was killed as they left. */
@Composable
private fun SignedOutEffect(stage: Stage, entries: NavEntries) = LaunchedEffect(stage) {
    if (stage == Stage.WELCOME) memberStages.forEach { entries.clear(it.name) }
}

/** Closes help over the space once a link is followed, which opens its page there. */
@Composable
private fun LinkClosesHelpEffect(stage: Stage, app: AppViewModel, help: BackStack) {
    val link by app.link.collectAsStateWithLifecycle()
    LaunchedEffect(link, stage) { if (link != null && stage == Stage.SPACE) help.replace(emptyList()) }
}

/** Closes the forms of the access that a change of the stage has left behind. */
@Composable
private fun AccessBackStacksEffect(stage: Stage, access: AccessBackStacks) {
    var last by rememberSaveable { mutableStateOf(stage) }
    LaunchedEffect(stage) {
        if (stage == last) return@LaunchedEffect
        if (stage == Stage.PASSWORD_SENT) access.welcome.replace(emptyList())
        if (stage == Stage.WELCOME) access.passwordSent.replace(emptyList())
        last = stage
    }
}

@Composable
private fun rememberAppActions(core: CoreState, app: AppViewModel, help: BackStack): AppActions {
    val context = LocalContext.current
    return remember(core, app, help, context) {
        AppActions({ help.push(Route.Help) }, { help.top != null }) { action ->
            when (action) {
                NoticeAction.SignIn -> core.askToSignIn()
                NoticeAction.Recheck -> app.recheck { core.fos.recheck() }
                is NoticeAction.Update -> context.open(action.link)
            }
        }
    }
}

/** Shows the screens of the stage. */
@Composable
private fun StageContent(
    core: CoreState,
    state: AppState,
    app: AppViewModel,
    entries: NavEntries,
    access: AccessBackStacks
) {
    val blocking = state.blockingScreen
    if (blocking != null) return BlockingRoute(core, blocking)
    Crossfade(state.stage, animationSpec = tween(Tokens.Motion.medium), label = "stage") { stage ->
        entries.Entry(stage.name) {
            when (stage) {
                Stage.WELCOME -> WelcomeStage(core, access.welcome)
                Stage.PASSWORD_SENT -> PasswordSentStage(core, access)
                Stage.CHARTER -> CharterRoute(core)
                Stage.NEW_PASSWORD -> NewPasswordRoute(core)
                Stage.SPACE -> SpaceStage(core, app)
            }
        }
    }
}
