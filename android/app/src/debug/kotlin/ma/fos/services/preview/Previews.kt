package ma.fos.services.preview

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import androidx.compose.ui.tooling.preview.PreviewParameter
import androidx.compose.ui.tooling.preview.PreviewParameterProvider

/** Every named state, in Arabic. */
internal class ArabicStates : PreviewParameterProvider<NamedState> {
    override val values = NamedStates.arabic.all.asSequence()
}

/** Every named state, in French. */
internal class FrenchStates : PreviewParameterProvider<NamedState> {
    override val values = NamedStates.french.all.asSequence()
}

@Preview(widthDp = 360, heightDp = 740)
@Composable
private fun Arabic(@PreviewParameter(ArabicStates::class) state: NamedState) =
    NamedStates.arabic.Environment(isSystemInDarkTheme(), state.content)

@Preview(widthDp = 360, heightDp = 740, uiMode = 0x20)
@Composable
private fun French(@PreviewParameter(FrenchStates::class) state: NamedState) =
    NamedStates.french.Environment(isSystemInDarkTheme(), state.content)
