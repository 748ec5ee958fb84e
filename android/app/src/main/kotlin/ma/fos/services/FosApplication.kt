package ma.fos.services

import android.app.Application
import android.os.SystemClock
import io.crates.keyring.Keyring
import ma.fos.services.core.AppConfig
import ma.fos.services.core.CoreLoader
import ma.fos.services.core.appConfig

/** Application: owns the core. */
internal open class FosApplication : Application() {
    /** The core, opening or open. */
    val loader by lazy { CoreLoader(::config, ::prepareVault) }

    /** Monotonic clock of the touches, in ms. */
    open fun touchClock(): Long = SystemClock.elapsedRealtime()

    override fun onCreate() {
        super.onCreate()
        loader.open()
    }

    /** Configuration of this phone; the tests' application has its own. */
    protected open fun config(): AppConfig = appConfig()

    /** The phone's own store of secrets needs Android's context; a computer has no such store. */
    protected open fun prepareVault() = Keyring.initializeNdkContext(this)
}
