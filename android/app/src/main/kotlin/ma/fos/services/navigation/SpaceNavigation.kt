package ma.fos.services.navigation

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import ma.fos.core.DeepLink
import ma.fos.core.SubmitOutcome
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreState
import ma.fos.services.feature.access.CharterRoute
import ma.fos.services.feature.account.ChangePasswordRoute
import ma.fos.services.feature.account.DevicesRoute
import ma.fos.services.feature.account.ProfileNavigation
import ma.fos.services.feature.account.ProfileRoute
import ma.fos.services.feature.account.SignOutRoute
import ma.fos.services.feature.requests.QueuedRequestRoute
import ma.fos.services.feature.requests.RequestFormRoute
import ma.fos.services.feature.requests.RequestRoute
import ma.fos.services.feature.requests.RequestsNavigation
import ma.fos.services.feature.requests.RequestsRoute
import ma.fos.services.feature.services.ServiceRoute
import ma.fos.services.feature.services.ServicesNavigation
import ma.fos.services.feature.services.ServicesRoute
import ma.fos.services.feature.services.StartRequestNavigation
import ma.fos.services.feature.services.StartRequestRoute
import ma.fos.services.ui.components.LocalAppActions
import ma.fos.services.ui.components.LocalSnackbarMessage
import ma.fos.services.ui.components.PredictiveBack
import ma.fos.services.ui.components.SnackbarMessage
import ma.fos.services.ui.components.TopLevelDestination
import ma.fos.services.ui.components.TopLevelNavigation
import ma.fos.services.ui.components.covered

/** Navigation of a signed-in member: top-level destination, back stack above it, sheet of the profile. */
@Stable
internal class SpaceNavigator(
    destination: MutableState<TopLevelDestination>,
    isProfileOpen: MutableState<Boolean>,
    private val backStack: BackStack
) {
    var destination by destination
        private set
    var isProfileOpen by isProfileOpen

    /** The page on top, if there is one. */
    val page: Route? get() = backStack.top

    /** Keys of all entries: the destinations, their pages, and the profile while it is open. */
    val keys: List<String>
        get() = TopLevelDestination.entries.map { it.key } + backStack.routes.map(Route::key) +
            listOf(PROFILE).filter { isProfileOpen }

    /** Opens a page over the others. */
    fun open(page: Route) = backStack.push(page)

    /** Opens a page from a list, in place of the pages that may stand beside it. */
    fun openFromList(page: Route) = backStack.replace(listOf(page))

    /** Opens the page of a link over its destination, in place of all other pages. */
    fun open(link: DeepLink) = when (link) {
        DeepLink.Services -> show(TopLevelDestination.SERVICES)
        is DeepLink.Service -> show(TopLevelDestination.SERVICES, listOf(Route.Service(link.id)))
        DeepLink.Requests -> show(TopLevelDestination.REQUESTS)
        is DeepLink.Request -> show(TopLevelDestination.REQUESTS, listOf(Route.Request(link.id)))
    }

    /** Closes the page on top. */
    fun back() = backStack.pop()

    /** Shows a destination, and over or beside it [pages] in place of all others. */
    fun show(destination: TopLevelDestination, pages: List<Route> = emptyList()) {
        isProfileOpen = false
        backStack.replace(pages)
        this.destination = destination
    }

    companion object {
        /** Key of the profile's entry. */
        const val PROFILE = "profile"
    }
}

@Composable
private fun rememberSpaceNavigator(): SpaceNavigator {
    val destination = rememberSaveable { mutableStateOf(TopLevelDestination.SERVICES) }
    val isProfileOpen = rememberSaveable { mutableStateOf(false) }
    val backStack = rememberBackStack()
    return remember(destination, isProfileOpen, backStack) { SpaceNavigator(destination, isProfileOpen, backStack) }
}

/** Shows the top-level destinations, the pages that they and the profile lead to, and the sheet of the profile over them. */
@Composable
internal fun SpaceStage(core: CoreState, app: AppViewModel) = Box {
    val entries = rememberNavEntries()
    val navigator = rememberSpaceNavigator()
    entries.ClearRemoved(navigator.keys)
    LinkEffect(core, app, navigator)
    val page = navigator.page
    val isFullScreen = page?.isFullScreen == true
    val isProfileShown = navigator.isProfileOpen && !isFullScreen
    // Hidden from screen readers while the sheet is open, which shows the message then.
    Box(Modifier.covered(isProfileShown)) {
        ListDetailPanes(
            list = { isPageBeside ->
                Muted(isProfileShown || isPageBeside) { DestinationEntry(core, navigator, entries) }
            },
            page = page?.let {
                {
                    Muted(isProfileShown) {
                        PredictiveBack(navigator::back) {
                            entries.Entry(it.key) { RouteContent(core, it, navigator, app) }
                        }
                    }
                }
            },
            isFullScreen
        )
    }
    if (isProfileShown) entries.Entry(SpaceNavigator.PROFILE) { Profile(core, navigator) }
}

/** Shows [content] without the snackbar while it [isMuted]: the message shows elsewhere, once. */
@Composable
private fun Muted(isMuted: Boolean, content: @Composable () -> Unit) {
    val none = remember { SnackbarMessage() }
    val message = if (isMuted) none else LocalSnackbarMessage.current
    CompositionLocalProvider(LocalSnackbarMessage provides message, content = content)
}

/** The present destination; back leads from another one to the services, once no page is open. */
@Composable
private fun DestinationEntry(core: CoreState, navigator: SpaceNavigator, entries: NavEntries) {
    val destination = navigator.destination
    PredictiveBack(
        { navigator.show(TopLevelDestination.SERVICES) },
        enabled = navigator.page == null && destination != TopLevelDestination.SERVICES
    ) { entries.Entry(destination.key) { Destination(core, navigator, destination) } }
}

/** Opens the page of the link that was followed; an address that is none of the portal's pages opens nothing. */
@Composable
private fun LinkEffect(core: CoreState, app: AppViewModel, navigator: SpaceNavigator) {
    val link by app.link.collectAsStateWithLifecycle()
    LaunchedEffect(link) {
        core.fos.deepLink(link ?: return@LaunchedEffect)?.let(navigator::open)
        app.onLinkFollowed()
    }
}

@Composable
private fun RouteContent(core: CoreState, page: Route, navigator: SpaceNavigator, app: AppViewModel) {
    val back = navigator::back
    when (page) {
        is Route.Service -> ServiceRoute(core, page.id, back) { navigator.open(Route.StartRequest(page.id)) }

        is Route.StartRequest -> StartRequestRoute(
            core,
            page.service,
            StartRequestNavigation(
                onClose = back,
                onOpenForm = { navigator.open(Route.RequestForm(page.service)) },
                onFillAtOnce = {
                    back()
                    navigator.open(Route.RequestForm(page.service))
                },
                onOpenEarlierRequest = { navigator.open(Route.Request(it)) }
            )
        )

        is Route.RequestForm -> RequestFormRoute(core, page.service, back) { navigator.onSubmitted(it, app) }

        is Route.Request -> RequestRoute(core, page.id, back)

        is Route.QueuedRequest -> QueuedRequestRoute(core, page.entry, back) {
            back()
            navigator.open(Route.RequestForm(it))
        }

        Route.ChangePassword -> ChangePasswordRoute(core, back) {
            if (it is SubmitOutcome.Done) app.snackbar.text = it.message
            back()
        }

        Route.Devices -> DevicesRoute(core, back)

        Route.Charter -> CharterRoute(core, back)

        else -> SignOutRoute(core, back)
    }
}

/** Replaces the pages of a submitted form by the list of requests, and the page of the request if it is on file. */
private fun SpaceNavigator.onSubmitted(outcome: SubmitOutcome, app: AppViewModel) = when (outcome) {
    is SubmitOutcome.Filed -> {
        app.snackbar.text = outcome.message
        show(TopLevelDestination.REQUESTS, listOf(Route.Request(outcome.id)))
    }

    is SubmitOutcome.Queued -> {
        app.snackbar.text = outcome.message
        show(TopLevelDestination.REQUESTS)
    }

    is SubmitOutcome.NextSection, is SubmitOutcome.Done -> Unit
}

@Composable
private fun Destination(core: CoreState, navigator: SpaceNavigator, destination: TopLevelDestination) {
    val topLevel = TopLevelNavigation({ navigator.isProfileOpen = true }, navigator::show)
    when (destination) {
        TopLevelDestination.SERVICES -> ServicesRoute(
            core,
            ServicesNavigation(
                onService = { navigator.openFromList(Route.Service(it)) },
                onStart = { navigator.openFromList(Route.StartRequest(it)) },
                onForm = { navigator.openFromList(Route.RequestForm(it)) },
                topLevel
            )
        )

        TopLevelDestination.REQUESTS -> RequestsRoute(
            core,
            RequestsNavigation(
                onForm = { navigator.openFromList(Route.RequestForm(it)) },
                onRequest = { navigator.openFromList(Route.Request(it)) },
                onQueued = { navigator.openFromList(Route.QueuedRequest(it)) },
                topLevel
            )
        )
    }
}

@Composable
private fun Profile(core: CoreState, navigator: SpaceNavigator) = ProfileRoute(
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
