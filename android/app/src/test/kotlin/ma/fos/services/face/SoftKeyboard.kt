package ma.fos.services.face

import android.view.View
import android.view.inputmethod.InputMethodManager
import androidx.core.graphics.Insets
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.WindowInsetsCompat.Type
import ma.fos.services.MainActivity
import ma.fos.services.composeRoot
import org.robolectric.Shadows.shadowOf

/** Room that the phone's own keyboard takes while a field asks for one. Its keys are drawn by who shows the phone. */
internal class SoftKeyboard(private val activity: () -> MainActivity) {
    private var enabled = false
    private var root: View? = null

    /** In px; nothing while it is hidden. */
    var height = 0
        private set

    /** False for a phone with a keyboard of its own. */
    fun enable(on: Boolean) {
        enabled = on
        follow()
    }

    /** Comes or goes as the app has asked last, also over an app that was drawn again. */
    fun follow() {
        val activity = activity()
        val decor = activity.window.decorView
        val compose = decor.composeRoot() as? View ?: return
        val asked = shadowOf(activity.getSystemService(InputMethodManager::class.java)).isSoftInputVisible
        val pixels = HEIGHT * activity.resources.displayMetrics.density
        val next = if (enabled && asked) minOf(pixels.toInt(), decor.height / 2) else 0
        if (next == height && root === compose) return
        height = next
        root = compose
        val insets = WindowInsetsCompat.Builder()
            .setInsets(Type.ime(), Insets.of(0, 0, 0, next))
            .setVisible(Type.ime(), next > 0)
            .build()
        ViewCompat.dispatchApplyWindowInsets(compose, insets)
    }
}

/** In dp, as Gboard's with its line of suggestions. */
private const val HEIGHT = 280
