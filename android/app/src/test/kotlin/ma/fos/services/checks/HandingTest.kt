package ma.fos.services.checks

import android.content.Intent
import androidx.activity.ComponentActivity
import java.io.File
import ma.fos.core.FileView
import ma.fos.services.help.licences
import ma.fos.services.parts.open
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** What is handed to the system, and what the build put into the app. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34], application = android.app.Application::class)
internal class HandingTest {
    private val activity = Robolectric.buildActivity(ComponentActivity::class.java).get()

    @Test
    fun aPaperIsHandedToTheSystemsReaderForReadingOnly() {
        val paper = File(activity.filesDir, "papers/member/abc/Circulaire 1-26.pdf")
        paper.parentFile?.mkdirs()
        paper.writeText("%PDF")
        activity.open(FileView(paper.path, "Circulaire 1-26.pdf", "application/pdf"))
        val handed = shadowOf(activity).nextStartedActivity
        assertEquals("application/pdf", handed.type)
        assertEquals("Circulaire 1-26.pdf", handed.data?.lastPathSegment)
        assertEquals(Intent.FLAG_GRANT_READ_URI_PERMISSION, handed.flags)
    }

    @Test
    fun nothingElseOfTheAppCanBeHandedOut() {
        val store = File(activity.filesDir, "device.db")
        store.writeText("x")
        val refused = runCatching { activity.open(FileView(store.path, "device.db", "application/pdf")) }
        assertTrue("handed out", refused.exceptionOrNull() is IllegalArgumentException)
    }

    @Test
    fun eachPartOfTheAppTellsItsLicence() {
        val parts = activity.resources.licences()
        assertTrue(parts.any { it.name == "rustls" } && parts.any { it.name.startsWith("androidx.compose") })
        assertEquals(emptyList<String>(), parts.filter { it.licence.isEmpty() || it.texts.isEmpty() }.map { it.name })
    }
}
