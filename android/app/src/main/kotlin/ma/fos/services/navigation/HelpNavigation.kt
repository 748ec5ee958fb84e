package ma.fos.services.navigation

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.feature.help.DiagnosticRoute
import ma.fos.services.feature.help.HelpNavigation
import ma.fos.services.feature.help.HelpRoute
import ma.fos.services.feature.help.LicenceRoute
import ma.fos.services.feature.help.LicencesRoute
import ma.fos.services.feature.help.PrivacyRoute
import ma.fos.services.ui.components.PredictiveBack

/** The page of help that is on top of [pages]: it lies over whatever screen the member is on, signed out too. */
@Composable
internal fun HelpPage(core: CoreState, pages: BackStack, entries: NavEntries) {
    val back = pages::pop
    val page = pages.top ?: return
    PredictiveBack(back) {
        entries.Entry(page.key) {
            when (page) {
                Route.Privacy -> PrivacyRoute(core, back)

                Route.Licences -> LicencesRoute(back) { pages.push(Route.Licence(it)) }

                is Route.Licence -> LicenceRoute(page.component, back)

                Route.Diagnostic -> DiagnosticRoute(core, back)

                else -> HelpRoute(
                    core,
                    HelpNavigation(
                        back,
                        { pages.push(Route.Privacy) },
                        { pages.push(Route.Licences) },
                        { pages.push(Route.Diagnostic) }
                    )
                )
            }
        }
    }
}
