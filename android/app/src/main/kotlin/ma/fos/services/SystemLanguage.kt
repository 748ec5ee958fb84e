package ma.fos.services

import android.app.Activity
import android.app.LocaleManager
import android.content.res.Configuration
import android.os.Build
import android.os.LocaleList
import androidx.annotation.RequiresApi
import java.util.Locale
import ma.fos.core.Language
import ma.fos.services.ui.components.tag

/**
 * One language, whether the member chose it in the app or in the system's settings, while the app ran or not.
 * [setLanguage] passes the system's choice to the core.
 */
internal class SystemLanguage(private val activity: Activity, private val setLanguage: (Language) -> Unit) {
    private var wasCalled = false

    /** Call when the app's language is [language]. The first time, the settings may have changed while the app was away: they win. */
    fun onLanguage(language: Language) {
        val isFirst = !wasCalled
        wasCalled = true
        if (!(isFirst && follow(language))) apply(language)
    }

    /** Follows the system's settings; returns true if they name another language than [language]. */
    fun follow(language: Language): Boolean {
        val chosen = chosen()?.takeIf { it != language }
        chosen?.let(setLanguage)
        return chosen != null
    }

    private fun chosen(): Language? {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return null
        val chosen = manager.applicationLocales.get(0)?.language
        return Language.entries.firstOrNull { Locale.forLanguageTag(it.tag).language == chosen }
    }

    /** Sets the app's language in the system, so that keyboard, screen reader and the platform's own texts follow. */
    private fun apply(language: Language) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            manager.applicationLocales = LocaleList.forLanguageTags(language.tag)
        } else {
            applyToResources(Locale.forLanguageTag(language.tag))
        }
    }

    // Before Android 13 an app has no language of its own; this is how its resources are given one.
    @Suppress("DEPRECATION")
    private fun applyToResources(locale: Locale) = activity.resources.run {
        updateConfiguration(Configuration(configuration).apply { setLocale(locale) }, displayMetrics)
    }

    private val manager: LocaleManager
        @RequiresApi(Build.VERSION_CODES.TIRAMISU)
        get() = activity.getSystemService(LocaleManager::class.java)
}
