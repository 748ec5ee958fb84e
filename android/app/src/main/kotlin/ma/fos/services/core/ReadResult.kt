package ma.fos.services.core

import android.view.View
import ma.fos.core.FosException

/** View of a screen, or the error in its place; neither until it is read for the first time. */
internal data class ReadResult<out View>(val view: View? = null, val problem: String? = null)

/** Reads a view; an error of the core becomes its [ReadResult.problem]. */
internal fun <View> read(view: () -> View): ReadResult<View> = try {
    ReadResult(view())
} catch (failed: FosException) {
    ReadResult(null, failed.text)
}
