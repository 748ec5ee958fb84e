package ma.fos.services.root

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import ma.fos.services.FosLive
import ma.fos.services.access.CharterScreen
import ma.fos.services.account.ChangePasswordScreen
import ma.fos.services.account.DevicesScreen
import ma.fos.services.account.ProfileScreen
import ma.fos.services.account.ProfileWays
import ma.fos.services.parts.Leavable
import ma.fos.services.services.ServiceScreen
import ma.fos.services.services.ServicesScreen
import ma.fos.services.services.StartScreen

private const val SERVICE = "service:"
private const val START = "start:"
private const val PASSWORD = "change-password"
private const val DEVICES = "devices"
private const val CHARTER = "charter-reading"

/** The pages over the list of services, the last one on top; the profile lies over the list. */
@Stable
internal class Path(pages: MutableState<List<String>>, profile: MutableState<Boolean>) {
    var pages by pages
        private set
    var profile by profile

    /** Opens a page over this one. */
    fun open(page: String) {
        pages = pages + page
    }

    /** Leaves the page on top. */
    fun back() {
        pages = pages.dropLast(1)
    }
}

/** Inside: the services, one of them, the start of a request, and what the profile leads to. */
@Composable
internal fun Space(live: FosLive) {
    val path = Path(
        rememberSaveable { mutableStateOf(emptyList()) },
        rememberSaveable { mutableStateOf(false) }
    )
    val kept = rememberSaveableStateHolder()
    val here = path.pages.lastOrNull().orEmpty()
    val back = {
        kept.removeState(here)
        path.back()
    }
    kept.SaveableStateProvider(here) {
        if (here.isEmpty()) {
            Services(live, path)
        } else {
            Leavable(back) { Page(live, here, path, back) }
        }
    }
}

@Composable
private fun Page(live: FosLive, here: String, path: Path, back: () -> Unit) {
    val acts = LocalActs.current
    when {
        here == PASSWORD -> ChangePasswordScreen(live, back) {
            acts.say(it)
            back()
        }

        here == DEVICES -> DevicesScreen(live, back)

        here == CHARTER -> CharterScreen(live, back)

        here.startsWith(SERVICE) -> {
            val id = here.removePrefix(SERVICE)
            ServiceScreen(live, id, onBack = back, onStart = { path.open(START + id) })
        }

        else -> StartScreen(live, here.removePrefix(START), onClose = back)
    }
}

@Composable
private fun Services(live: FosLive, path: Path) = Box {
    // Under the sheet the list is there for the eye only.
    Box(if (path.profile) Modifier.clearAndSetSemantics {} else Modifier) {
        ServicesScreen(
            live,
            onService = { path.open(SERVICE + it) },
            onStart = { path.open(START + it) },
            onProfile = { path.profile = true }
        )
    }
    if (path.profile) {
        val ways = ProfileWays(
            onClose = { path.profile = false },
            onPassword = { path.open(PASSWORD) },
            onDevices = { path.open(DEVICES) },
            onCharter = { path.open(CHARTER) },
            onHelp = LocalWays.current.help
        )
        ProfileScreen(live, ways)
    }
}
