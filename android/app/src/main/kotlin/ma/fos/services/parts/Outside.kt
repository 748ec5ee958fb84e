package ma.fos.services.parts

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import androidx.core.content.FileProvider
import androidx.core.net.toUri
import java.io.File
import ma.fos.core.FileView

/** Hands a link to the system: a telephone number, an address, the shop. */
internal fun Context.open(link: String) = hand(Intent(Intent.ACTION_VIEW, link.toUri()))

/** Hands a document to the system, to be read and nothing more. */
internal fun Context.open(file: FileView) {
    val uri = FileProvider.getUriForFile(applicationContext, "$packageName.files", File(file.path), file.name)
    hand(
        Intent(Intent.ACTION_VIEW)
            .setDataAndType(uri, file.mediaType)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    )
}

private fun Context.hand(intent: Intent) = try {
    startActivity(intent)
} catch (_: ActivityNotFoundException) {
    // The system's own sheet says that no app can open this.
    startActivity(Intent.createChooser(intent, null))
}
