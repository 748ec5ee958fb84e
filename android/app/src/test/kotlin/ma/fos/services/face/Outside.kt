package ma.fos.services.face

import android.content.ClipboardManager
import android.content.Intent
import android.net.Uri
import androidx.activity.ComponentActivity
import org.robolectric.Shadows.shadowOf

/** Record of everything that the app has handed to the phone around it. */
internal class Outside(private val activity: () -> ComponentActivity) {
    private val handed = mutableListOf<String>()

    /** Documents by their file's name, links as they are and texts by their type, in their order. */
    fun opened(): List<String> {
        while (true) handed += name(shadowOf(activity()).nextStartedActivity ?: return handed)
    }

    /** Content of the clipboard, to the letter. */
    fun copied(): String? = activity().getSystemService(ClipboardManager::class.java)
        .primaryClip?.getItemAt(0)?.text?.toString()

    private fun name(intent: Intent): String {
        // What is handed on is inside the sheet on which the member chooses to whom.
        val sent = intent.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java) ?: intent
        if (sent.hasExtra(Intent.EXTRA_TEXT)) return sent.type.orEmpty()
        val data = sent.data ?: sent.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java) ?: return sent.toString()
        return if (data.scheme == "content") data.lastPathSegment.orEmpty() else data.toString()
    }
}
