package ma.fos.services.checks

import android.app.Application
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.semantics.SemanticsProperties
import ma.fos.services.get
import ma.fos.services.preview.NamedStates
import ma.fos.services.tag
import ma.fos.services.unmerged
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** A password manager knows what to fill in and what to keep. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [34, 36], qualifiers = "ar-rMA-w360dp-h740dp-xhdpi", application = Application::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal class AutofillTest {
    @Test
    fun signingInIsFilledIn() = assertEquals(
        mapOf("ppr" to ContentType.Username, "password" to ContentType.Password),
        offered("sign-in-empty")
    )

    @Test
    fun aNewPasswordIsKept() = assertEquals(
        mapOf("new" to ContentType.NewPassword, "again" to ContentType.NewPassword),
        offered("new-password-empty")
    )

    /** Returns the autofill types of a state's fields, by their tags. */
    private fun offered(state: String): Map<String?, ContentType> {
        val states = NamedStates.arabic
        val shown = states[state]
        val root = Bench().show { states.Environment(false, shown.content) }
        return root.unmerged().mapNotNull { node ->
            node[SemanticsProperties.ContentType]?.let { node.tag to it }
        }.toMap()
    }
}
