package ma.fos.services.root

import androidx.compose.runtime.Composable
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import ma.fos.services.FosLive
import ma.fos.services.help.DiagnosticScreen
import ma.fos.services.help.HelpEvents
import ma.fos.services.help.HelpScreen
import ma.fos.services.help.LicenceScreen
import ma.fos.services.help.LicencesScreen
import ma.fos.services.help.PrivacyScreen
import ma.fos.services.parts.Leavable

private const val HELP = "help"
private const val PRIVACY = "privacy"
private const val LICENCES = "licences"
private const val DIAGNOSTIC = "diagnostic"
private const val LICENCE = "licence:"

/** Help and what it leads to: pages over whatever screen the member stands on, signed out too. */
@Stable
internal class Guidance(pages: MutableState<List<String>>) {
    private var pages by pages

    /** The page on top, when there is one. */
    val page: String? get() = pages.lastOrNull()

    /** Opens help. */
    fun help() = open(HELP)

    /** Back to the page below, or to the screen. */
    fun back() {
        pages = pages.dropLast(1)
    }

    private val events = HelpEvents(::back, { open(PRIVACY) }, { open(LICENCES) }, { open(DIAGNOSTIC) })

    private fun open(page: String) {
        pages = pages + page
    }

    @Composable
    fun Page(live: FosLive, page: String) = Leavable(::back) {
        when {
            page == HELP -> HelpScreen(live, events)
            page == PRIVACY -> PrivacyScreen(live, ::back)
            page == LICENCES -> LicencesScreen(::back) { open(LICENCE + it) }
            page == DIAGNOSTIC -> DiagnosticScreen(live, ::back)
            else -> LicenceScreen(page.removePrefix(LICENCE), ::back)
        }
    }
}

@Composable
internal fun rememberGuidance(): Guidance {
    val pages = rememberSaveable { mutableStateOf(emptyList<String>()) }
    return remember(pages) { Guidance(pages) }
}
