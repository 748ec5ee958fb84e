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
import androidx.compose.ui.semantics.clearAndSetSemantics
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

    /** Opens a page. */
    fun open(page: Route) = backStack.push(page)

    /** Opens the page of a link over its destination, in place of all other pages. */
    fun open(link: DeepLink) = when (link) {
        DeepLink.Services -> show(TopLevelDestination.SERVICES, emptyList())
        is DeepLink.Service -> show(TopLevelDestination.SERVICES, listOf(Route.Service(link.id)))
        DeepLink.Requests -> show(TopLevelDestination.REQUESTS, emptyList())
        is DeepLink.Request -> show(TopLevelDestination.REQUESTS, listOf(Route.Request(link.id)))
    }

    /** Closes the page on top. */
    fun back() = backStack.pop()

    /** Shows a destination of the navigation bar. */
    fun select(destination: TopLevelDestination) {
        this.destination = destination
    }

    /** Shows a destination, and over it [pages] in place of all others. */
    fun show(destination: TopLevelDestination, pages: List<Route>) {
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

/** Shows the top-level destinations, and the pages that they and the profile lead to. */
@Composable
internal fun SpaceStage(core: CoreState, app: AppViewModel) {
    val entries = rememberNavEntries()
    val navigator = rememberSpaceNavigator()
    entries.ClearRemoved(navigator.keys)
    LinkEffect(core, app, navigator)
    val page = navigator.page
    val destination = navigator.destination
    val content = @Composable {
        entries.Entry(page?.key ?: destination.key) {
            if (page != null) {
                RouteContent(core, page, navigator, app)
            } else {
                DestinationContent(core, navigator, entries)
            }
        }
    }
    when {
        page != null -> PredictiveBack(navigator::back, content)
        destination == TopLevelDestination.SERVICES -> content()
        else -> PredictiveBack({ navigator.select(TopLevelDestination.SERVICES) }, content)
    }
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
        show(TopLevelDestination.REQUESTS, emptyList())
    }

    is SubmitOutcome.NextSection, is SubmitOutcome.Done -> Unit
}

@Composable
private fun DestinationContent(core: CoreState, navigator: SpaceNavigator, entries: NavEntries) = Box {
    val topLevel = TopLevelNavigation({ navigator.isProfileOpen = true }, navigator::select)
    // Hidden from screen readers while the sheet is open, which shows the message then.
    val message = if (navigator.isProfileOpen) remember { SnackbarMessage() } else LocalSnackbarMessage.current
    Box(if (navigator.isProfileOpen) Modifier.clearAndSetSemantics {} else Modifier) {
        CompositionLocalProvider(LocalSnackbarMessage provides message) { Destination(core, navigator, topLevel) }
    }
    if (navigator.isProfileOpen) entries.Entry(SpaceNavigator.PROFILE) { Profile(core, navigator) }
}

@Composable
private fun Destination(core: CoreState, navigator: SpaceNavigator, topLevel: TopLevelNavigation) =
    when (navigator.destination) {
        TopLevelDestination.SERVICES -> ServicesRoute(
            core,
            ServicesNavigation(
                onService = { navigator.open(Route.Service(it)) },
                onStart = { navigator.open(Route.StartRequest(it)) },
                topLevel
            )
        )

        TopLevelDestination.REQUESTS -> RequestsRoute(
            core,
            RequestsNavigation(
                onForm = { navigator.open(Route.RequestForm(it)) },
                onRequest = { navigator.open(Route.Request(it)) },
                onQueued = { navigator.open(Route.QueuedRequest(it)) },
                topLevel
            )
        )
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
