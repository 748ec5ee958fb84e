package ma.fos.services.face

import android.os.Build
import ma.fos.core.Config
import ma.fos.core.Platform
import ma.fos.services.AppConfig
import ma.fos.services.FosApplication

/** The app's process, told by the journeys' runner where the portal and the data are. */
internal class FaceApplication : FosApplication() {
    override fun config() = AppConfig(
        Config(dataDir = given("FOS_DATA"), portal = given("FOS_PORTAL"), appVersion = "0.1.0"),
        Platform(device = Build.MODEL, language = given("FOS_LANGUAGE"))
    )

    /** A computer has no vault of a phone. */
    override fun prepareVault() = Unit
}

/** What the runner put into the environment. */
internal fun given(name: String): String = checkNotNull(System.getenv(name)) { "$name is not set" }
