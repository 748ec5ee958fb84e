package ma.fos.services.checks

import android.app.Application
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import java.io.File
import ma.fos.core.Config
import ma.fos.core.InternalException
import ma.fos.core.Platform
import ma.fos.core.Stage
import ma.fos.services.core.AppConfig
import ma.fos.services.core.AppViewModel
import ma.fos.services.core.CoreLoader
import ma.fos.services.core.LoadState
import ma.fos.services.get
import ma.fos.services.navigation.FosApp
import ma.fos.services.pump
import ma.fos.services.settle
import ma.fos.services.tag
import ma.fos.services.unmerged
import ma.fos.services.words
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config as Phone
import org.robolectric.annotation.GraphicsMode

/** The page of a core that does not open, for each reason. */
@RunWith(RobolectricTestRunner::class)
@Phone(sdk = [34, 36], qualifiers = "fr-rFR-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class OpeningTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val bench = Bench()
    private var prepare: () -> Unit = {}
    private val worker = TestWorker()
    private val loader by lazy { CoreLoader(::config, { prepare() }, worker.dispatcher) }

    @Test
    fun unreadableFilesAreSetAsideOnlyWhenTheMemberHasConfirmed() {
        val database = File(folder.root, "device.db").apply { mkdir() }
        val root = open()
        assertShown(root, "0.1.0-A-O-DATABASE", "enregistré sur ce téléphone")
        root.tap("set-aside")
        assertShown(root, "mis de côté", "pas encore envoyées")
        root.tap("set-aside-cancel")
        assertFalse("the question is closed", root.shows("set-aside-confirm"))
        assertTrue("nothing was moved", database.isDirectory)
        root.tap("set-aside")
        root.tap("set-aside-confirm")
        assertEquals(Stage.WELCOME, loader.core?.state?.value?.stage)
        assertTrue("the old file is kept", File(folder.root, "set-aside-1/device.db").isDirectory)
    }

    @Test
    fun aFailingKeyStoreLeavesTheFilesWhereTheyAre() {
        File(folder.root, "vault").writeText("")
        val database = File(folder.root, "device.db").apply { writeText("x") }
        val root = open()
        assertShown(root, "0.1.0-A-O-VAULT")
        root.tap("set-aside")
        root.tap("set-aside-confirm")
        assertShown(root, "0.1.0-A-O-VAULT")
        assertTrue("nothing was moved", database.isFile)
    }

    @Test
    fun aMissingLibraryIsExplainedWithoutTheCore() {
        prepare = { throw UnsatisfiedLinkError("no fos") }
        val root = open()
        assertShown(root, "0.1.0-A-O-LIBRARY", "Une partie de l’application manque", "appelez la Fondation")
        assertFalse("without a core no files can be set aside", root.shows("set-aside"))
        prepare = {}
        root.tap("try-again")
        assertEquals(Stage.WELCOME, loader.core?.state?.value?.stage)
    }

    @Test
    fun aConfigurationThatCannotBeReadIsExplainedToo() {
        val loader = CoreLoader({ error("the manifest names no portal") }, {}, worker.dispatcher)
        loader.open()
        worker.run {}
        pump()
        assertEquals("0-A-O-INTERNAL", (loader.state as LoadState.Failed).failure.code)
    }

    @Test
    @Phone(qualifiers = "en-rUS")
    fun anExceptionOfTheBindingsIsExplainedInTheDefaultLanguage() {
        prepare = { throw InternalException("checksum mismatch") }
        assertShown(open(), "0.1.0-A-O-INTERNAL", "جزء من التطبيق ناقص")
    }

    private fun config() = AppConfig(
        Config(folder.root.path, "https://portal.fos.test", "0.1.0", "", null, null),
        Platform("téléphone", "fr-MA", "android")
    )

    private fun open(): ViewRootForTest {
        loader.open()
        worker.run {}
        pump()
        assertTrue("it opened", loader.state is LoadState.Failed)
        return bench.show { FosApp(loader, AppViewModel()) }
    }

    private fun ViewRootForTest.tap(tag: String) {
        unmerged().first { it.tag == tag }[SemanticsActions.OnClick]?.action?.invoke()
        worker.settle(bench.activity.window.decorView)
    }

    private fun ViewRootForTest.shows(tag: String) = unmerged().any { it.tag == tag }

    private fun assertShown(root: ViewRootForTest, vararg texts: String) {
        assertTrue("another screen", root.shows("opening-failed") || root.shows("question"))
        val words = root.unmerged().flatMap { it.words() }
        for (text in texts) assertTrue("no «$text» in $words", words.any { text in it })
    }
}
