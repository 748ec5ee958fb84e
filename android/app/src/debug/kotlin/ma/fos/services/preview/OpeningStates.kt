package ma.fos.services.preview

import androidx.compose.runtime.Composable
import ma.fos.services.core.LoadFailure
import ma.fos.services.feature.help.OpeningFailedActions
import ma.fos.services.feature.help.OpeningFailedScreen

internal fun openingStates(mock: Mock): List<ScreenState> = with(mock) {
    val storage = LoadFailure(
        localized(
            "لا يستطيع التطبيق فتح ما هو محفوظ في هذا الهاتف، ولم يُحذف شيء.",
            "L’application ne peut pas ouvrir ce qui est gardé sur ce téléphone. Rien n’est effacé."
        ),
        "0.1.0-A-O-DATABASE",
        canOpenWithNewFiles = true
    )
    listOf(
        ScreenState("opening-failed-storage") { Show(storage) },
        ScreenState("opening-failed-library") { Show(LoadFailure(null, "0.1.0-A-O-LIBRARY")) },
        ScreenState("opening-failed-asked") { Show(storage, isConfirming = true) }
    )
}

@Composable
private fun Show(failure: LoadFailure, isConfirming: Boolean = false) =
    OpeningFailedScreen(failure, isConfirming, OpeningFailedActions({}, {}, {}))
