package ma.fos.services.navigation

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
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.clearAndSetSemantics
import kotlinx.coroutines.flow.drop
import ma.fos.core.NoticeAction
import ma.fos.core.Stage
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreLoader
import ma.fos.services.core.CoreState
import ma.fos.services.core.LoadState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.feature.access.BlockingScreen
import ma.fos.services.feature.access.CharterScreen
import ma.fos.services.feature.access.NewPasswordScreen
import ma.fos.services.feature.access.SignInAgainSheet
import ma.fos.services.feature.help.OpeningFailedScreen
import ma.fos.services.ui.components.AppActions
import ma.fos.services.ui.components.EmptyState
import ma.fos.services.ui.components.FosSnackbarHost
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.LocalizedContent
import ma.fos.services.ui.components.NoKeyboardLearning
import ma.fos.services.ui.components.open
import ma.fos.services.ui.theme.FosTheme
import ma.fos.services.ui.theme.Tokens
import ma.fos.services.ui.theme.dark

/** The whole app: once the core is open, the screens of the member's stage. */
@Composable
internal fun FosApp(loader: CoreLoader, app: AppViewModel) {
    CompositionLocalProvider(LocalAppViewModel provides app) {
        when (val state = loader.state) {
            LoadState.Loading -> LoadingScreen()

            is LoadState.Failed -> OpeningFailedScreen(loader, state.failure)

            is LoadState.Ready -> LocalizedContent(state.core.language, state.core.phrases) {
                FosTheme(state.core.theme.dark) { NoKeyboardLearning { AppContent(state.core) } }
            }
        }
    }
}

@Composable
private fun LoadingScreen() = FosTheme {
    Box(
        Modifier.fillMaxSize().background(MaterialTheme.colorScheme.surface).safeDrawingPadding().testTag("opening"),
        contentAlignment = Alignment.Center
    ) { EmptyState("") }
}

/** The screen of the stage; help over any of them, and over the space the sheet that signs in again. */
@Composable
private fun AppContent(core: CoreState) {
    val stateHolder = rememberSaveableStateHolder()
    val help = rememberBackStack()
    val app = LocalAppViewModel.current
    val isHelpOpen = help.top != null
    SideEffect { app.isHelpOpen = isHelpOpen }
    val isSigningIn = app.isSigningIn && core.stage == Stage.SPACE && !isHelpOpen
    CompositionLocalProvider(LocalAppActions provides rememberAppActions(core, help)) {
        Box {
            if (isHelpOpen) {
                HelpPage(core, help)
            } else {
                stateHolder.SaveableStateProvider("stages") {
                    // Hidden from screen readers while the sheet is open.
                    Box(if (isSigningIn) Modifier.clearAndSetSemantics {} else Modifier) { StageContent(core) }
                }
            }
            if (isSigningIn) SignInAgainSheet(core, onClose = { app.isSigningIn = false })
            FosSnackbarHost(app.snackbar, Modifier.align(Alignment.BottomCenter))
        }
    }
}

@Composable
private fun rememberAppActions(core: CoreState, help: BackStack): AppActions {
    val app = LocalAppViewModel.current
    val context = LocalContext.current
    return remember(core, help, context) {
        AppActions({ help.push(Route.Help) }) { action ->
            when (action) {
                NoticeAction.SignIn -> app.isSigningIn = true
                NoticeAction.Recheck -> app.action("recheck").run { core.fos.recheck() }
                is NoticeAction.Update -> context.open(action.link)
            }
        }
    }
}

/** Shows the screens of the stage; saves their state per stage. */
@Composable
private fun StageContent(core: CoreState) {
    val stateHolder = rememberSaveableStateHolder()
    val access = rememberAccessBackStacks()
    val app = LocalAppViewModel.current
    // A change of the stage closes the sheet that signs in again.
    LaunchedEffect(core) { snapshotFlow { core.stage }.drop(1).collect { app.isSigningIn = false } }
    LaunchedEffect(core.stage) {
        if (core.stage == Stage.WELCOME) {
            // Signed out: clears what the screens of the member have saved.
            access.passwordSent.replace()
            memberStages.forEach { stateHolder.removeState(it.name) }
        }
    }
    val blocking = core.blockingScreen
    if (blocking != null) return BlockingScreen(core, blocking)
    Crossfade(core.stage, animationSpec = tween(Tokens.Motion.medium), label = "stage") { stage ->
        stateHolder.SaveableStateProvider(stage.name) {
            when (stage) {
                Stage.WELCOME -> WelcomeStage(core, access)
                Stage.PASSWORD_SENT -> PasswordSentStage(core, access)
                Stage.CHARTER -> CharterScreen(core)
                Stage.NEW_PASSWORD -> NewPasswordScreen(core)
                Stage.SPACE -> SpaceStage(core)
            }
        }
    }
}

/** The stages that belong to one member. */
private val memberStages = listOf(Stage.CHARTER, Stage.NEW_PASSWORD, Stage.SPACE)
