package ma.fos.services

import android.app.Application
import android.os.SystemClock
import io.crates.keyring.Keyring

/** The process: holds the one core. */
internal open class FosApplication : Application() {
    /** The core, opening or open. */
    val holder by lazy { FosHolder(::config, ::prepareVault) }

    /** Monotonic clock of the touches, in ms. */
    open fun touchClock(): Long = SystemClock.elapsedRealtime()

    override fun onCreate() {
        super.onCreate()
        holder.open()
    }

    /** Configuration of this phone; the tests' application has its own. */
    protected open fun config(): AppConfig = appConfig()

    /** The phone's own store of secrets needs Android's context; a computer has no such store. */
    protected open fun prepareVault() = Keyring.initializeNdkContext(this)
}
