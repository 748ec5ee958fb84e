package ma.fos.services.parts

import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Context
import android.content.Intent
import androidx.core.content.FileProvider
import androidx.core.net.toUri
import java.io.File
import ma.fos.core.FileView

/** Hands a link to the system: a telephone number, an address, the shop. */
internal fun Context.open(link: String) = hand(Intent(Intent.ACTION_VIEW, link.toUri()))

/** Hands a document to the system, to be read and nothing more. */
internal fun Context.open(file: FileView) = hand(
    Intent(Intent.ACTION_VIEW)
        .setDataAndType(uri(file), file.mediaType)
        .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
)

/** Hands a document to whom the member chooses on the system's own sheet; it may be read and nothing more. */
internal fun Context.share(file: FileView) {
    val uri = uri(file)
    val send = Intent(Intent.ACTION_SEND)
        .setType(file.mediaType)
        .putExtra(Intent.EXTRA_STREAM, uri)
        .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    // The system lets a receiver read what the clip holds, not what the extra names.
    send.clipData = ClipData.newRawUri(file.name, uri)
    startActivity(Intent.createChooser(send, null))
}

/** Hands a text to whom the member chooses on the system's own sheet. */
internal fun Context.share(text: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    startActivity(Intent.createChooser(send, null))
}

private fun Context.uri(file: FileView) =
    FileProvider.getUriForFile(applicationContext, "$packageName.files", File(file.path), file.name)

private fun Context.hand(intent: Intent) = try {
    startActivity(intent)
} catch (_: ActivityNotFoundException) {
    // The system's own sheet says that no app can open this.
    startActivity(Intent.createChooser(intent, null))
}
