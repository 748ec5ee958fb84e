package ma.fos.services.checks

import android.content.Intent
import android.net.Uri
import androidx.activity.ComponentActivity
import java.io.File
import ma.fos.core.FileView
import ma.fos.services.feature.help.licences
import ma.fos.services.ui.components.open
import ma.fos.services.ui.components.share
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config

/** Documents that are handed to the system, and resources that the build put into the app. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], application = android.app.Application::class)
internal class HandingTest {
    private val activity = Robolectric.buildActivity(ComponentActivity::class.java).get()

    @Test
    fun aPaperIsHandedToTheSystemsReaderAndOnForReadingOnly() {
        val paper = File(activity.filesDir, "papers/member/abc/Circulaire 1-26.pdf")
        paper.parentFile?.mkdirs()
        paper.writeText("%PDF")
        val file = FileView(paper.path, "Circulaire 1-26.pdf", "application/pdf")
        activity.open(file)
        val handed = shadowOf(activity).nextStartedActivity
        assertEquals("application/pdf", handed.type)
        assertEquals("Circulaire 1-26.pdf", handed.data?.lastPathSegment)
        assertEquals(Intent.FLAG_GRANT_READ_URI_PERMISSION, handed.flags)
        handedOn(file, handed.data)
    }

    /** On the system's own sheet the member chooses to whom; whoever that is may read it. */
    private fun handedOn(file: FileView, uri: Uri?) {
        activity.share(file)
        val sheet = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, sheet.action)
        val handed = checkNotNull(sheet.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java))
        assertEquals(Intent.ACTION_SEND to file.mediaType, handed.action to handed.type)
        assertEquals(uri, handed.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java))
        assertEquals(uri, handed.clipData?.getItemAt(0)?.uri)
        assertEquals(Intent.FLAG_GRANT_READ_URI_PERMISSION, handed.flags)
    }

    @Test
    fun aTextIsHandedOnAsItIs() {
        activity.share("one\ntwo")
        val sheet = shadowOf(activity).nextStartedActivity
        assertEquals(Intent.ACTION_CHOOSER, sheet.action)
        val handed = checkNotNull(sheet.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java))
        assertEquals(Intent.ACTION_SEND to "text/plain", handed.action to handed.type)
        assertEquals("one\ntwo", handed.getStringExtra(Intent.EXTRA_TEXT))
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
