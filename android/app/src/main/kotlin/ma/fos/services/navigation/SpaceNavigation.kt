package ma.fos.services.navigation

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.SaveableStateHolder
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.CoreState
import ma.fos.services.core.LocalAppViewModel
import ma.fos.services.feature.access.CharterScreen
import ma.fos.services.feature.account.ChangePasswordScreen
import ma.fos.services.feature.account.DevicesScreen
import ma.fos.services.feature.account.ProfileNavigation
import ma.fos.services.feature.account.ProfileScreen
import ma.fos.services.feature.account.SignOutScreen
import ma.fos.services.feature.requests.QueuedRequestScreen
import ma.fos.services.feature.requests.RequestFormScreen
import ma.fos.services.feature.requests.RequestScreen
import ma.fos.services.feature.requests.RequestsNavigation
import ma.fos.services.feature.requests.RequestsScreen
import ma.fos.services.feature.services.ServiceScreen
import ma.fos.services.feature.services.ServicesScreen
import ma.fos.services.feature.services.StartRequestScreen
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.PredictiveBack
import ma.fos.services.ui.components.TopLevelDestination

/** Navigation of a signed-in member: top-level destination, back stack above it, sheet of the profile. */
@Stable
internal class SpaceNavigator(
    destination: MutableState<TopLevelDestination>,
    isProfileOpen: MutableState<Boolean>,
    private val backStack: BackStack,
    private val stateHolder: SaveableStateHolder
) {
    var destination by destination
        private set
    var isProfileOpen by isProfileOpen

    /** The page on top, if there is one. */
    val page: Route? get() = backStack.top

    /** Key of the visible screen in the [SaveableStateHolder]. */
    val key: String get() = page?.key ?: destination.key

    /** Opens a page. */
    fun open(page: Route) = backStack.push(page)

    /** Closes the page on top, and removes what it has saved. */
    fun back() {
        page?.let { stateHolder.removeState(it.key) }
        backStack.pop()
    }

    /** Shows a destination of the navigation bar. */
    fun select(destination: TopLevelDestination) {
        this.destination = destination
    }

    /** Replaces the pages of a submitted form by the list of requests, and the page of [request] if it is on file. */
    fun onSubmitted(request: String?) {
        backStack.routes.forEach { stateHolder.removeState(it.key) }
        backStack.replace(*listOfNotNull(request?.let(Route::Request)).toTypedArray())
        destination = TopLevelDestination.REQUESTS
    }
}

@Composable
private fun rememberSpaceNavigator(stateHolder: SaveableStateHolder): SpaceNavigator {
    val destination = rememberSaveable { mutableStateOf(TopLevelDestination.SERVICES) }
    val isProfileOpen = rememberSaveable { mutableStateOf(false) }
    val backStack = rememberBackStack()
    return remember(destination, isProfileOpen, backStack, stateHolder) {
        SpaceNavigator(destination, isProfileOpen, backStack, stateHolder)
    }
}

/** Shows the top-level destinations, and the pages that they and the profile lead to. */
@Composable
internal fun SpaceStage(core: CoreState) {
    val stateHolder = rememberSaveableStateHolder()
    val navigator = rememberSpaceNavigator(stateHolder)
    stateHolder.SaveableStateProvider(navigator.key) {
        val page = navigator.page
        when {
            page != null -> PredictiveBack(navigator::back) { RouteContent(core, page, navigator) }

            navigator.destination == TopLevelDestination.SERVICES -> DestinationContent(core, navigator)

            else -> PredictiveBack({
                navigator.select(TopLevelDestination.SERVICES)
            }) { DestinationContent(core, navigator) }
        }
    }
}

@Composable
private fun RouteContent(core: CoreState, page: Route, navigator: SpaceNavigator) {
    val back = navigator::back
    when (page) {
        is Route.Service -> ServiceScreen(core, page.id, back) { navigator.open(Route.StartRequest(page.id)) }

        is Route.StartRequest -> StartRequestScreen(
            core,
            page.service,
            onClose = back,
            onOpenForm = { navigator.open(Route.RequestForm(page.service)) },
            onOpenEarlierRequest = { navigator.open(Route.Request(it)) }
        )

        is Route.RequestForm -> RequestFormPage(core, page.service, navigator)

        is Route.Request -> RequestScreen(core, page.id, back)

        is Route.QueuedRequest -> QueuedRequestScreen(core, page.entry, back) {
            back()
            navigator.open(Route.RequestForm(it))
        }

        else -> AccountPage(core, page, back)
    }
}

@Composable
private fun RequestFormPage(core: CoreState, service: String, navigator: SpaceNavigator) {
    val app = LocalAppViewModel.current
    RequestFormScreen(core, service, onClose = navigator::back) {
        when (it) {
            is SubmitOutcome.Filed -> {
                navigator.onSubmitted(it.id)
                app.showSnackbar(it.message)
            }

            is SubmitOutcome.Queued -> {
                navigator.onSubmitted(null)
                app.showSnackbar(it.message)
            }

            is SubmitOutcome.NextSection, is SubmitOutcome.Done -> Unit
        }
    }
}

@Composable
private fun AccountPage(core: CoreState, page: Route, back: () -> Unit) {
    val app = LocalAppViewModel.current
    when (page) {
        Route.ChangePassword -> ChangePasswordScreen(core, back) {
            if (it is SubmitOutcome.Done) app.showSnackbar(it.message)
            back()
        }

        Route.Devices -> DevicesScreen(core, back)

        Route.Charter -> CharterScreen(core, back)

        else -> SignOutScreen(core, back)
    }
}

@Composable
private fun DestinationContent(core: CoreState, navigator: SpaceNavigator) = Box {
    // Hidden from screen readers while the sheet is open.
    Box(if (navigator.isProfileOpen) Modifier.clearAndSetSemantics {} else Modifier) {
        when (navigator.destination) {
            TopLevelDestination.SERVICES -> ServicesScreen(
                core,
                onService = { navigator.open(Route.Service(it)) },
                onStart = { navigator.open(Route.StartRequest(it)) },
                onProfile = { navigator.isProfileOpen = true },
                onDestination = navigator::select
            )

            TopLevelDestination.REQUESTS -> RequestsScreen(
                core,
                RequestsNavigation(
                    onForm = { navigator.open(Route.RequestForm(it)) },
                    onRequest = { navigator.open(Route.Request(it)) },
                    onQueued = { navigator.open(Route.QueuedRequest(it)) },
                    onProfile = { navigator.isProfileOpen = true },
                    onDestination = navigator::select
                )
            )
        }
    }
    if (navigator.isProfileOpen) Profile(core, navigator)
}

@Composable
private fun Profile(core: CoreState, navigator: SpaceNavigator) = ProfileScreen(
    core,
    ProfileNavigation(
        onClose = { navigator.isProfileOpen = false },
        onPassword = { navigator.open(Route.ChangePassword) },
        onDevices = { navigator.open(Route.Devices) },
        onCharter = { navigator.open(Route.Charter) },
        onHelp = LocalAppActions.current.onHelp,
        onSignOut = { navigator.open(Route.SignOut) }
    )
)
