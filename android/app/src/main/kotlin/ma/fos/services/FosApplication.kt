package ma.fos.services

import android.app.Application
import android.os.SystemClock
import io.crates.keyring.Keyring
import ma.fos.services.core.AppConfig
import ma.fos.services.core.CoreLoader
import ma.fos.services.core.appConfig

/** Owns the [CoreLoader] for the lifetime of the process. */
internal open class FosApplication : Application() {
    /** The core, opening or open. */
    val loader by lazy { CoreLoader(::config, ::prepareVault) }

    /** Returns the monotonic time of touches, in ms; tests override it. */
    open fun touchClock(): Long = SystemClock.elapsedRealtime()

    override fun onCreate() {
        super.onCreate()
        loader.open()
    }

    /** Configuration of this phone; the tests' application has its own. */
    protected open fun config(): AppConfig = appConfig()

    /** Gives the key store the application's context; tests on a JVM, which has none, override it. */
    protected open fun prepareVault() = Keyring.initializeNdkContext(this)
}
