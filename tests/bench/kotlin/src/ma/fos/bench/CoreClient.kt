package ma.fos.bench

import java.io.File
import java.util.concurrent.Semaphore
import ma.fos.core.CaptchaState
import ma.fos.core.Change
import ma.fos.core.Config
import ma.fos.core.Fos
import ma.fos.core.Observer
import ma.fos.core.Platform
import ma.fos.core.SecretInput
import ma.fos.core.Services
import ma.fos.core.ServicesView

/** The core through its bindings, called as the app does. */
internal class CoreClient : AutoCloseable {
    lateinit var fos: Fos
        private set
    lateinit var services: Services
        private set

    /** Opens the core in an empty folder and fills in the sign-in form: PPR typed, captcha solved. */
    fun prepare(folder: File) {
        if (::fos.isInitialized) close()
        folder.mkdirs()
        val config = Config(folder.path, Args.portal, "0.1.0", "", Args.root.path, null)
        fos = Fos.open(config, Platform(Args.DEVICE, "ar-MA", "android"))
        services = fos.services()
        val observer = FormObserver()
        fos.observe(observer).use {
            val form = fos.access().signIn()
            form.set("ppr", Args.PPR)
            form.set("captcha", "true")
            while (form.view().fields.none { it.captcha == CaptchaState.DONE }) observer.formChanges.acquire()
        }
    }

    suspend fun signIn() {
        fos.access().signIn().submit(listOf(SecretInput("password", Args.PASSWORD)))
        services.refresh()
        check(services.list("", "").cards() > 0)
    }

    fun search(text: String): Int = services.list(text, "").cards()

    override fun close() {
        services.close()
        fos.close()
    }

    private class FormObserver : Observer {
        val formChanges = Semaphore(0)

        override fun onChange(change: Change) {
            if (change == Change.FORM) formChanges.release()
        }
    }
}

internal fun ServicesView.cards() = groups.sumOf { it.services.size }
