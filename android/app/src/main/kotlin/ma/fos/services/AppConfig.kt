package ma.fos.services

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import ma.fos.core.Config
import ma.fos.core.Platform

/** Configuration and platform for the core. */
internal data class AppConfig(val core: Config, val platform: Platform)

private const val PORTAL = "ma.fos.services.portal"
private const val PORTAL_KEY = "ma.fos.services.portal-key"

/** The configuration a phone gives: the portal from the manifest, the data in the app's own folder. */
internal fun Context.appConfig(): AppConfig {
    val app = packageManager.getApplicationInfo(packageName, PackageManager.GET_META_DATA)
    val told = { name: String -> checkNotNull(app.metaData?.getString(name)) { "the manifest names no $name" } }
    val version = packageManager.getPackageInfo(packageName, 0).versionName.orEmpty()
    return AppConfig(
        Config(
            dataDir = filesDir.path,
            portal = told(PORTAL),
            appVersion = version,
            portalKey = told(PORTAL_KEY),
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
