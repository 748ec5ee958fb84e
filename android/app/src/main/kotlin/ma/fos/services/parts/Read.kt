package ma.fos.services.parts

import ma.fos.core.FosException
import ma.fos.services.text

/** A view, or in its place what the core says instead. */
internal data class Read<out View>(val view: View?, val problem: String? = null)

/** Reads a view that may not be had. */
internal fun <View> read(view: () -> View): Read<View> = try {
    Read(view())
} catch (failed: FosException) {
    Read(null, failed.text)
}
