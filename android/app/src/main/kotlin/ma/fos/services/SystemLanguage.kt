package ma.fos.services

import android.app.Activity
import android.app.LocaleManager
import android.content.res.Configuration
import android.os.Build
import android.os.LocaleList
import androidx.annotation.RequiresApi
import java.util.Locale
import ma.fos.core.Language
import ma.fos.services.parts.tag

/**
 * One language, whether the member chose it in the app or in the system's settings, while the app ran or not.
 * [speak] says the system's choice to the core.
 */
internal class SystemLanguage(private val activity: Activity, private val speak: (Language) -> Unit) {
    private var met = false

    /** The app speaks [language] now. The first time, the settings may have been used while it was away: they win. */
    fun meet(language: Language) {
        val first = !met
        met = true
        if (!(first && follow(language))) tell(language)
    }

    /** Follows the system's settings; returns true if they name another language than [language]. */
    fun follow(language: Language): Boolean {
        val chosen = chosen()?.takeIf { it != language }
        chosen?.let(speak)
        return chosen != null
    }

    private fun chosen(): Language? {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) return null
        val chosen = manager.applicationLocales.get(0)?.language
        return Language.entries.firstOrNull { Locale.forLanguageTag(it.tag).language == chosen }
    }

    /** Settings, keyboard and screen reader follow; so do the words that the platform itself says. */
    private fun tell(language: Language) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            manager.applicationLocales = LocaleList.forLanguageTags(language.tag)
        } else {
            tellResources(Locale.forLanguageTag(language.tag))
        }
    }

    // Before Android 13 an app has no language of its own; this is how its resources are given one.
    @Suppress("DEPRECATION")
    private fun tellResources(locale: Locale) = activity.resources.run {
        updateConfiguration(Configuration(configuration).apply { setLocale(locale) }, displayMetrics)
    }

    private val manager: LocaleManager
        @RequiresApi(Build.VERSION_CODES.TIRAMISU)
        get() = activity.getSystemService(LocaleManager::class.java)
}
