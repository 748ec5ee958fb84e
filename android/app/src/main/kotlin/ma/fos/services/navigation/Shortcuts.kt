package ma.fos.services.navigation

import android.content.Context
import android.content.Intent
import androidx.core.content.pm.ShortcutInfoCompat
import androidx.core.content.pm.ShortcutManagerCompat
import androidx.core.graphics.drawable.IconCompat
import androidx.core.net.toUri
import ma.fos.core.Phrase
import ma.fos.services.MainActivity
import ma.fos.services.core.appConfig
import ma.fos.services.ui.components.Symbols
import ma.fos.services.ui.components.TopLevelDestination

/** Publishes a shortcut to each top-level destination on the launcher, in the app's language. It is followed as a link is. Blocks. */
internal fun Context.publishShortcuts(phrases: Map<Phrase, String>) {
    val portal = appConfig().config.portal.toUri()
    val shortcuts = TopLevelDestination.entries.map { destination ->
        val address = portal.buildUpon().path(destination.key).build()
        ShortcutInfoCompat.Builder(this, destination.key)
            .setShortLabel(phrases[destination.phrase].orEmpty())
            .setIcon(IconCompat.createWithResource(this, Symbols.of(destination.symbol)))
            .setIntent(Intent(Intent.ACTION_VIEW, address, this, MainActivity::class.java))
            .build()
    }
    ShortcutManagerCompat.setDynamicShortcuts(this, shortcuts)
}
