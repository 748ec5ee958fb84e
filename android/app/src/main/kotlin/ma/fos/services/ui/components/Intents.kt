package ma.fos.services.ui.components

import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Context
import android.content.Intent
import androidx.core.content.FileProvider
import androidx.core.net.toUri
import java.io.File
import ma.fos.core.FileView

/** Opens a link in another app: a telephone number, an address, the store. */
internal fun Context.open(link: String) = startOrShowChooser(Intent(Intent.ACTION_VIEW, link.toUri()))

/** Opens a document in another app, read-only. */
internal fun Context.open(file: FileView) = startOrShowChooser(
    Intent(Intent.ACTION_VIEW)
        .setDataAndType(uri(file), file.mediaType)
        .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
)

/** Shares a document, read-only, through the system's share sheet. */
internal fun Context.share(file: FileView) {
    val uri = uri(file)
    val send = Intent(Intent.ACTION_SEND)
        .setType(file.mediaType)
        .putExtra(Intent.EXTRA_STREAM, uri)
        .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    // The read grant covers the clip data, not the extra.
    send.clipData = ClipData.newRawUri(file.name, uri)
    startActivity(Intent.createChooser(send, null))
}

/** Shares a text through the system's share sheet. */
internal fun Context.share(text: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    startActivity(Intent.createChooser(send, null))
}

private fun Context.uri(file: FileView) =
    FileProvider.getUriForFile(applicationContext, "$packageName.files", File(file.path), file.name)

private fun Context.startOrShowChooser(intent: Intent) = try {
    startActivity(intent)
} catch (_: ActivityNotFoundException) {
    // The system's own sheet says that no app can open this.
    startActivity(Intent.createChooser(intent, null))
}
