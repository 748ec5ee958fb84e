package ma.fos.services.root

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import ma.fos.services.FosLive
import ma.fos.services.account.ProfileScreen
import ma.fos.services.parts.Leavable
import ma.fos.services.services.ServiceScreen
import ma.fos.services.services.ServicesScreen
import ma.fos.services.services.StartScreen

private const val LIST = "services"
private const val SERVICE = "service:"
private const val START = "start:"

/** Inside: the services, one of them, the start of a request; the profile lies over the list. */
@Composable
internal fun Space(live: FosLive) {
    var path by rememberSaveable { mutableStateOf(listOf(LIST)) }
    var profile by rememberSaveable { mutableStateOf(false) }
    val kept = rememberSaveableStateHolder()
    val back = {
        kept.removeState(path.last())
        path = path.dropLast(1)
    }
    kept.SaveableStateProvider(path.last()) {
        val here = path.last()
        when {
            here.startsWith(SERVICE) -> {
                val id = here.removePrefix(SERVICE)
                Leavable(back) {
                    ServiceScreen(live, id, onBack = back, onStart = { path = path + (START + id) })
                }
            }

            here.startsWith(START) -> Leavable(back) { StartScreen(live, here.removePrefix(START), onClose = back) }

            else -> Box {
                // Under the sheet the list is there for the eye only.
                Box(if (profile) Modifier.clearAndSetSemantics {} else Modifier) {
                    ServicesScreen(
                        live,
                        onService = { path = path + (SERVICE + it) },
                        onStart = { path = path + (START + it) },
                        onProfile = { profile = true }
                    )
                }
                if (profile) ProfileScreen(live, onClose = { profile = false })
            }
        }
    }
}
