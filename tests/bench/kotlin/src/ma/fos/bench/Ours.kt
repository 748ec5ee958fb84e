package ma.fos.bench

import java.io.File
import java.util.concurrent.Semaphore
import ma.fos.core.Change
import ma.fos.core.Config
import ma.fos.core.Fos
import ma.fos.core.Platform
import ma.fos.core.Robot
import ma.fos.core.SecretInput
import ma.fos.core.Services
import ma.fos.core.ServicesView
import ma.fos.core.Watcher

/** The core through its bindings, as the app calls it. */
internal class Ours : AutoCloseable {
    lateinit var fos: Fos
        private set
    lateinit var services: Services
        private set

    /** A phone that was never used, its number typed and its robot box ticked. */
    fun prepare(folder: File) {
        if (::fos.isInitialized) close()
        folder.mkdirs()
        val config = Config(folder.path, Given.portal, "0.1.0", "", Given.root.path, null)
        fos = Fos.open(config, Platform(Given.DEVICE, "ar-MA", "android"))
        services = fos.services()
        val heard = Heard()
        fos.watch(heard).use {
            val form = fos.access().signIn()
            form.set("ppr", Given.PPR)
            form.set("robot", "true")
            while (form.view().fields.none { it.robot == Robot.DONE }) heard.form.acquire()
        }
    }

    suspend fun signIn() {
        fos.access().signIn().send(listOf(SecretInput("password", Given.PASSWORD)))
        services.refresh()
        check(services.list("", "").cards() > 0)
    }

    fun search(text: String): Int = services.list(text, "").cards()

    override fun close() {
        services.close()
        fos.close()
    }

    private class Heard : Watcher {
        val form = Semaphore(0)

        override fun changed(change: Change) {
            if (change == Change.FORM) form.release()
        }
    }
}

internal fun ServicesView.cards() = groups.sumOf { it.services.size }
