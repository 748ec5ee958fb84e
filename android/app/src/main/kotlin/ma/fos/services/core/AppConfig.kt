package ma.fos.services.core

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import ma.fos.core.Config
import ma.fos.core.Platform

/** Arguments for opening the core. */
internal data class AppConfig(val config: Config, val platform: Platform)

private const val PORTAL = "ma.fos.services.portal"
private const val PORTAL_KEY = "ma.fos.services.portal-key"

/** Returns the configuration of this phone: portal and key from the manifest, data in the app's own folder. */
internal fun Context.appConfig(): AppConfig {
    val app = packageManager.getApplicationInfo(packageName, PackageManager.GET_META_DATA)
    val metaData = { name: String -> checkNotNull(app.metaData?.getString(name)) { "the manifest names no $name" } }
    val version = packageManager.getPackageInfo(packageName, 0).versionName.orEmpty()
    return AppConfig(
        Config(
            dataDir = filesDir.path,
            portal = metaData(PORTAL),
            appVersion = version,
            portalKey = metaData(PORTAL_KEY),
            extraRoot = null,
            clockFile = null
        ),
        Platform(
            device = "${Build.MANUFACTURER} ${Build.MODEL}",
            language = resources.configuration.locales[0].toLanguageTag(),
            system = "android"
        )
    )
}
