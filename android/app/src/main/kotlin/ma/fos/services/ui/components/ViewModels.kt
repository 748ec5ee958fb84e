package ma.fos.services.ui.components

import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelProvider
import androidx.lifecycle.ViewModelStoreOwner
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.repeatOnLifecycle
import androidx.lifecycle.viewmodel.CreationExtras
import androidx.lifecycle.viewmodel.initializer
import androidx.lifecycle.viewmodel.viewModelFactory
import ma.fos.services.core.ScreenViewModel

/** Owner of the view models of the screens that are composed below: the activity, or an entry of a back stack. */
internal val LocalViewModelStoreOwner = staticCompositionLocalOf<ViewModelStoreOwner> { error("no owner provided") }

/** Returns the view model of this class in [LocalViewModelStoreOwner], made by [create] at the first call. */
@Composable
internal inline fun <reified Model : ViewModel> entryViewModel(crossinline create: CreationExtras.() -> Model): Model {
    val owner = LocalViewModelStoreOwner.current
    return remember(owner) {
        ViewModelProvider.create(owner, viewModelFactory { initializer { create() } })[Model::class]
    }
}

/** Returns the view model of a screen, as [entryViewModel], and tells it when the screen is shown, and when it is covered or left. */
@Composable
internal inline fun <reified Model : ScreenViewModel<*, *>> screenViewModel(
    crossinline create: CreationExtras.() -> Model
): Model = entryViewModel(create).also { VisibilityEffect(it) }

@Composable
internal fun VisibilityEffect(model: ScreenViewModel<*, *>) {
    val activity = LocalActivity.current
    val app = LocalAppActions.current
    DisposableEffect(model) {
        model.show()
        onDispose { if (activity?.isChangingConfigurations != true && !app.isHelpOpen()) model.hide() }
    }
}

/** Returns what the screen shows now, and shows what follows. */
@Composable
internal fun <State : Any> ScreenViewModel<State, *>.state(): State = uiState.collectAsStateWithLifecycle().value

/** Hands each event of the view model to [onEvent] while the app is in the foreground, and those that came before. */
@Composable
internal fun <Event> EventEffect(model: ScreenViewModel<*, Event>, onEvent: (Event) -> Unit) {
    val current by rememberUpdatedState(onEvent)
    val lifecycle = LocalLifecycleOwner.current.lifecycle
    LaunchedEffect(model, lifecycle) {
        lifecycle.repeatOnLifecycle(Lifecycle.State.STARTED) { model.events.collect { current(it) } }
    }
}
