package ma.fos.services.navigation

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.feature.help.DiagnosticScreen
import ma.fos.services.feature.help.HelpEvents
import ma.fos.services.feature.help.HelpScreen
import ma.fos.services.feature.help.LicenceScreen
import ma.fos.services.feature.help.LicencesScreen
import ma.fos.services.feature.help.PrivacyScreen
import ma.fos.services.ui.components.PredictiveBack

/** The page of help that is on top of [pages]: it lies over whatever screen the member is on, signed out too. */
@Composable
internal fun HelpPage(core: CoreState, pages: BackStack) {
    val back = pages::pop
    PredictiveBack(back) {
        when (val page = pages.top) {
            Route.Privacy -> PrivacyScreen(core, back)

            Route.Licences -> LicencesScreen(back) { pages.push(Route.Licence(it)) }

            is Route.Licence -> LicenceScreen(page.component, back)

            Route.Diagnostic -> DiagnosticScreen(core, back)

            else -> HelpScreen(
                core,
                HelpEvents(
                    back,
                    { pages.push(Route.Privacy) },
                    { pages.push(Route.Licences) },
                    { pages.push(Route.Diagnostic) }
                )
            )
        }
    }
}
