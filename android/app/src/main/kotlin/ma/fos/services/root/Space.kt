package ma.fos.services.root

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
import ma.fos.services.FosLive
import ma.fos.services.access.CharterScreen
import ma.fos.services.account.ChangePasswordScreen
import ma.fos.services.account.DevicesScreen
import ma.fos.services.account.LeavingScreen
import ma.fos.services.account.ProfileScreen
import ma.fos.services.account.ProfileWays
import ma.fos.services.parts.Leavable
import ma.fos.services.parts.Place
import ma.fos.services.requests.QueuedScreen
import ma.fos.services.requests.RequestFormScreen
import ma.fos.services.requests.RequestScreen
import ma.fos.services.requests.RequestsScreen
import ma.fos.services.requests.RequestsWays
import ma.fos.services.services.ServiceScreen
import ma.fos.services.services.ServicesScreen
import ma.fos.services.services.StartScreen

private const val SERVICE = "service:"
private const val START = "start:"
private const val FORM = "request-form:"
private const val REQUEST = "request:"
private const val QUEUED = "queued-request:"
private const val PASSWORD = "change-password"
private const val DEVICES = "devices"
private const val CHARTER = "charter-reading"
private const val LEAVING = "sign-out"

/** Navigation of the space: the place that shows, and the pages over it, the last one on top; the profile lies over the place. */
@Stable
internal class Path(
    place: MutableState<Place>,
    pages: MutableState<List<String>>,
    profile: MutableState<Boolean>,
    private val kept: SaveableStateHolder
) {
    var place by place
        private set
    private var pages by pages
    var profile by profile

    /** Key of the page on top, or of the place. */
    val here: String get() = page ?: place.key

    /** The page on top, when there is one. */
    val page: String? get() = pages.lastOrNull()

    /** Opens a page over this one. */
    fun open(page: String) {
        pages = pages + page
    }

    /** Leaves the page on top; opened again it begins anew. */
    fun back() {
        page?.let(kept::removeState)
        pages = pages.dropLast(1)
    }

    /** Goes to a place of the bar. */
    fun go(to: Place) {
        place = to
    }

    /** A form was sent: where its request is found, and the page of [request] if it is on file by now. */
    fun filed(request: String?) {
        pages.forEach(kept::removeState)
        pages = listOfNotNull(request?.let { REQUEST + it })
        place = Place.REQUESTS
    }
}

@Composable
private fun rememberPath(kept: SaveableStateHolder): Path {
    val place = rememberSaveable { mutableStateOf(Place.SERVICES) }
    val pages = rememberSaveable { mutableStateOf(emptyList<String>()) }
    val profile = rememberSaveable { mutableStateOf(false) }
    return remember(place, pages, profile, kept) { Path(place, pages, profile, kept) }
}

/** Inside: the places of the bar, and the pages that they and the profile lead to. */
@Composable
internal fun Space(live: FosLive) {
    val kept = rememberSaveableStateHolder()
    val path = rememberPath(kept)
    kept.SaveableStateProvider(path.here) {
        val page = path.page
        when {
            page != null -> Leavable(path::back) { Page(live, page, path) }
            path.place == Place.SERVICES -> InPlace(live, path)
            else -> Leavable({ path.go(Place.SERVICES) }) { InPlace(live, path) }
        }
    }
}

@Composable
private fun Page(live: FosLive, page: String, path: Path) {
    val acts = LocalActs.current
    val back = path::back
    when {
        page == PASSWORD -> ChangePasswordScreen(live, back) {
            if (it is SubmitOutcome.Done) acts.say(it.message)
            back()
        }

        page == DEVICES -> DevicesScreen(live, back)

        page == CHARTER -> CharterScreen(live, back)

        page == LEAVING -> LeavingScreen(live, back)

        page.startsWith(SERVICE) -> {
            val id = page.removePrefix(SERVICE)
            ServiceScreen(live, id, onBack = back, onStart = { path.open(START + id) })
        }

        page.startsWith(START) -> {
            val id = page.removePrefix(START)
            StartScreen(live, id, onClose = back, onFill = { path.open(FORM + id) }) { path.open(REQUEST + it) }
        }

        page.startsWith(QUEUED) -> QueuedScreen(live, page.removePrefix(QUEUED), back) {
            back()
            path.open(FORM + it)
        }

        page.startsWith(FORM) -> RequestFormScreen(live, page.removePrefix(FORM), onClose = back) {
            when (it) {
                is SubmitOutcome.Filed -> {
                    path.filed(it.id)
                    acts.say(it.message)
                }

                is SubmitOutcome.Queued -> {
                    path.filed(null)
                    acts.say(it.message)
                }

                is SubmitOutcome.NextSection, is SubmitOutcome.Done -> Unit
            }
        }

        else -> RequestScreen(live, page.removePrefix(REQUEST), back)
    }
}

@Composable
private fun InPlace(live: FosLive, path: Path) = Box {
    // Under the sheet the list is there for the eye only.
    Box(if (path.profile) Modifier.clearAndSetSemantics {} else Modifier) {
        when (path.place) {
            Place.SERVICES -> ServicesScreen(
                live,
                onService = { path.open(SERVICE + it) },
                onStart = { path.open(START + it) },
                onProfile = { path.profile = true },
                onPlace = path::go
            )

            Place.REQUESTS -> RequestsScreen(
                live,
                RequestsWays(
                    onForm = { path.open(FORM + it) },
                    onRequest = { path.open(REQUEST + it) },
                    onQueued = { path.open(QUEUED + it) },
                    onProfile = { path.profile = true },
                    onPlace = path::go
                )
            )
        }
    }
    if (path.profile) {
        val ways = ProfileWays(
            onClose = { path.profile = false },
            onPassword = { path.open(PASSWORD) },
            onDevices = { path.open(DEVICES) },
            onCharter = { path.open(CHARTER) },
            onHelp = LocalWays.current.help,
            onLeaving = { path.open(LEAVING) }
        )
        ProfileScreen(live, ways)
    }
}
