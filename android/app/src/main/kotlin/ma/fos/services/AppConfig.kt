package ma.fos.services

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import ma.fos.core.Config
import ma.fos.core.Platform

/** What the core must know of where it runs. */
internal data class AppConfig(val core: Config, val platform: Platform)

private const val PORTAL = "ma.fos.services.portal"

/** The configuration a phone gives: the portal from the manifest, the data in the app's own folder. */
internal fun Context.appConfig(): AppConfig {
    val app = packageManager.getApplicationInfo(packageName, PackageManager.GET_META_DATA)
    val portal = checkNotNull(app.metaData?.getString(PORTAL)) { "the manifest names no portal" }
    val version = packageManager.getPackageInfo(packageName, 0).versionName.orEmpty()
    return AppConfig(
        Config(dataDir = filesDir.path, portal = portal, appVersion = version),
        Platform(
            device = "${Build.MANUFACTURER} ${Build.MODEL}",
            language = resources.configuration.locales[0].toLanguageTag()
        )
    )
}
