package ma.fos.services.ui.components

import android.view.inputmethod.EditorInfo
import android.view.inputmethod.InputConnection
import androidx.compose.runtime.Composable
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.platform.InterceptPlatformTextInput
import androidx.compose.ui.platform.PlatformTextInputMethodRequest

/** Asks keyboards not to learn from what is typed in [content]: names, numbers and amounts of members. */
@OptIn(ExperimentalComposeUiApi::class)
@Composable
internal fun NoKeyboardLearning(content: @Composable () -> Unit) = InterceptPlatformTextInput(
    { request, session ->
        session.startInputMethod(object : PlatformTextInputMethodRequest {
            override fun createInputConnection(outAttributes: EditorInfo): InputConnection =
                request.createInputConnection(outAttributes).also {
                    outAttributes.imeOptions = outAttributes.imeOptions or EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING
                }
        })
    },
    content
)
