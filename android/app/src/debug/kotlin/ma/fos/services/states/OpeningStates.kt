package ma.fos.services.states

import androidx.compose.runtime.Composable
import ma.fos.services.OpeningFailure
import ma.fos.services.root.OpeningFailedContent
import ma.fos.services.root.OpeningFailedEvents

internal fun openingStates(mock: Mock): List<ScreenState> = with(mock) {
    val storage = OpeningFailure(
        say(
            "لا يستطيع التطبيق فتح ما هو محفوظ في هذا الهاتف، ولم يُحذف شيء.",
            "L’application ne peut pas ouvrir ce qui est gardé sur ce téléphone. Rien n’est effacé."
        ),
        "0.1.0-A-O-DATABASE",
        canSetAside = true
    )
    listOf(
        ScreenState("opening-failed-storage") { Show(storage) },
        ScreenState("opening-failed-library") { Show(OpeningFailure(null, "0.1.0-A-O-LIBRARY")) },
        ScreenState("opening-failed-asked") { Show(storage, asking = true) }
    )
}

@Composable
private fun Show(failure: OpeningFailure, asking: Boolean = false) =
    OpeningFailedContent(failure, asking, OpeningFailedEvents({}, {}, {}))
