package ma.fos.services.preview

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import androidx.compose.ui.tooling.preview.PreviewParameter
import androidx.compose.ui.tooling.preview.PreviewParameterProvider
import ma.fos.core.Language

/** Every named state, in Arabic. */
internal class ArabicStates : PreviewParameterProvider<ScreenState> {
    override val values = allStates(Mock(Language.AR)).asSequence()
}

/** Every named state, in French. */
internal class FrenchStates : PreviewParameterProvider<ScreenState> {
    override val values = allStates(Mock(Language.FR)).asSequence()
}

@Preview(widthDp = 360, heightDp = 740)
@Composable
private fun Arabic(@PreviewParameter(ArabicStates::class) state: ScreenState) =
    Mock(Language.AR).Environment(isSystemInDarkTheme(), state.content)

@Preview(widthDp = 360, heightDp = 740, uiMode = 0x20)
@Composable
private fun French(@PreviewParameter(FrenchStates::class) state: ScreenState) =
    Mock(Language.FR).Environment(isSystemInDarkTheme(), state.content)
