package ma.fos.services.face

import android.os.Build
import java.io.File
import ma.fos.core.Config
import ma.fos.core.Platform
import ma.fos.services.FosApplication
import ma.fos.services.core.AppConfig

/** Application of the journeys, whose portal and data the runner names. */
internal class FaceApplication : FosApplication() {
    /** Time at which the application was made, in nanoseconds of [System.nanoTime]. */
    val made = System.nanoTime()

    /** The app's own folder is the one that stays when the process is killed. */
    override fun getFilesDir() = File(given("FOS_DATA"))

    override fun config() = AppConfig(
        Config(
            dataDir = filesDir.path,
            portal = given("FOS_PORTAL"),
            appVersion = "0.1.0",
            portalKey = given("FOS_CONFIG_KEY"),
            extraRoot = givenOrNull("FOS_EXTRA_ROOT"),
            clockFile = givenOrNull("FOS_CLOCK_FILE")
        ),
        Platform(device = Build.MODEL, language = given("FOS_LANGUAGE"), system = "android")
    )

    /** Clock of the touches: the runner moves it, and on the live page it is the real one. */
    val touches = TouchClock()

    override fun touchClock() = touches.now()

    /** A computer has no vault of a phone. */
    override fun prepareVault() = Unit
}
