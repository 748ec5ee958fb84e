package ma.fos.services.ui.components

import ma.fos.core.FosException
import ma.fos.services.core.text

/** View of a screen, or the error in its place. */
internal data class ReadResult<out View>(val view: View?, val problem: String? = null)

/** Reads a view; an error of the core becomes its [ReadResult.problem]. */
internal fun <View> read(view: () -> View): ReadResult<View> = try {
    ReadResult(view())
} catch (failed: FosException) {
    ReadResult(null, failed.text)
}
