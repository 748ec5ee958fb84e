package ma.fos.services.root

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
import ma.fos.services.FosHolder
import ma.fos.services.FosLive
import ma.fos.services.Opening
import ma.fos.services.access.CharterScreen
import ma.fos.services.access.GateScreen
import ma.fos.services.access.NewPasswordScreen
import ma.fos.services.access.SignInAgainSheet
import ma.fos.services.parts.InLanguage
import ma.fos.services.parts.NothingLearned
import ma.fos.services.parts.QuietState
import ma.fos.services.parts.Said
import ma.fos.services.parts.open
import ma.fos.services.theme.FosTheme
import ma.fos.services.theme.Tokens
import ma.fos.services.theme.dark

/** The whole app: as far as the core is, the screens of the stage where the member stands. */
@Composable
internal fun FosRoot(holder: FosHolder, acts: Acts) {
    CompositionLocalProvider(LocalActs provides acts) {
        when (val state = holder.state) {
            Opening.Going -> Waiting()

            is Opening.Failed -> OpeningFailedScreen(holder, state.failure)

            is Opening.Open -> InLanguage(state.live.language, state.live.phrases) {
                FosTheme(state.live.theme.dark) { NothingLearned { Stages(state.live) } }
            }
        }
    }
}

@Composable
private fun Waiting() = FosTheme {
    Box(
        Modifier.fillMaxSize().background(MaterialTheme.colorScheme.surface).safeDrawingPadding().testTag("opening"),
        contentAlignment = Alignment.Center
    ) { QuietState("") }
}

/** The screen of the stage; help over any of them, and over the space the sheet that signs in again. */
@Composable
private fun Stages(live: FosLive) {
    val kept = rememberSaveableStateHolder()
    val guidance = rememberGuidance()
    val acts = LocalActs.current
    val page = guidance.page
    SideEffect { acts.helping = page != null }
    val signingIn = acts.signingIn && live.stage == Stage.SPACE && page == null
    CompositionLocalProvider(LocalWays provides rememberWays(live, guidance)) {
        Box {
            if (page != null) {
                guidance.Page(live, page)
            } else {
                kept.SaveableStateProvider("stages") {
                    // Under the sheet the space is there for the eye only.
                    Box(if (signingIn) Modifier.clearAndSetSemantics {} else Modifier) { Stage(live) }
                }
            }
            if (signingIn) SignInAgainSheet(live, onClose = { acts.signingIn = false })
            Said(acts.said, Modifier.align(Alignment.BottomCenter))
        }
    }
}

@Composable
private fun rememberWays(live: FosLive, guidance: Guidance): Ways {
    val acts = LocalActs.current
    val context = LocalContext.current
    return remember(live, guidance, context) {
        Ways(guidance::help) { does ->
            when (does) {
                NoticeAction.SignIn -> acts.signingIn = true
                NoticeAction.Recheck -> acts.act("recheck").run { live.fos.recheck() }
                is NoticeAction.Update -> context.open(does.link)
            }
        }
    }
}

/** Each stage keeps what its screens had, so that coming back to it finds it as it was left. */
@Composable
private fun Stage(live: FosLive) {
    val kept = rememberSaveableStateHolder()
    val doors = rememberDoors()
    val acts = LocalActs.current
    // What ends the session asks to sign in again; once the stage has changed, nothing is left to sign in again to.
    LaunchedEffect(live) { snapshotFlow { live.stage }.drop(1).collect { acts.signingIn = false } }
    LaunchedEffect(live.stage) {
        if (live.stage == Stage.WELCOME) {
            // Signed out: the next member finds no screen that this one left open.
            doors.signing = false
            inside.forEach { kept.removeState(it.name) }
        }
    }
    val gate = live.gate
    if (gate != null) return GateScreen(live, gate)
    Crossfade(live.stage, animationSpec = tween(Tokens.Motion.medium), label = "stage") { stage ->
        kept.SaveableStateProvider(stage.name) {
            when (stage) {
                Stage.WELCOME -> Welcome(live, doors)
                Stage.PASSWORD_SENT -> PasswordSent(live, doors)
                Stage.CHARTER -> CharterScreen(live)
                Stage.NEW_PASSWORD -> NewPasswordScreen(live)
                Stage.SPACE -> Space(live)
            }
        }
    }
}

/** The stages that belong to one member. */
private val inside = listOf(Stage.CHARTER, Stage.NEW_PASSWORD, Stage.SPACE)
