package ma.fos.services.ui.components

import android.content.res.Configuration
import android.view.ContextThemeWrapper
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.platform.LocalView
import androidx.compose.ui.unit.LayoutDirection
import java.util.Locale
import ma.fos.core.Language
import ma.fos.core.Phrase

internal val LocalPhrases = staticCompositionLocalOf<Map<Phrase, String>> { emptyMap() }

/** Returns the text of [phrase] in the member's language. */
@Composable
@ReadOnlyComposable
internal fun phrase(phrase: Phrase): String = LocalPhrases.current[phrase].orEmpty()

/** BCP 47 tag of the language, with the country: plain Arabic has other month names and digits. */
internal val Language.tag: String
    get() = when (this) {
        Language.AR -> "ar-MA"
        Language.FR -> "fr-MA"
    }

/** Shows [content] in [language]: layout direction, the platform's own texts and the screen reader's voice follow. */
@Composable
internal fun LocalizedContent(language: Language, phrases: Map<Phrase, String>, content: @Composable () -> Unit) {
    val context = LocalContext.current
    val around = LocalConfiguration.current
    val configuration = remember(around, language) {
        Configuration(around).apply {
            setLocale(Locale.forLanguageTag(language.tag))
            setLayoutDirection(Locale.forLanguageTag(language.tag))
        }
    }
    val localised = remember(context, configuration) {
        // `createConfigurationContext` would lose the activity among the base contexts.
        ContextThemeWrapper(context, 0).apply { applyOverrideConfiguration(configuration) }
    }
    val direction = when (language) {
        Language.AR -> LayoutDirection.Rtl
        Language.FR -> LayoutDirection.Ltr
    }
    // TalkBack takes its direction of traversal from the host view.
    val view = LocalView.current
    SideEffect { view.layoutDirection = configuration.layoutDirection }
    CompositionLocalProvider(
        LocalContext provides localised,
        LocalConfiguration provides configuration,
        LocalLayoutDirection provides direction,
        LocalPhrases provides phrases,
        LocalTextLocales provides language.locales,
        content = content
    )
}
