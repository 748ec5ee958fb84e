package ma.fos.services.checks

import android.os.Bundle
import android.os.Parcelable
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.State
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.runtime.saveable.rememberSaveable

/**
 * Registry of everything that a screen saves, in place of the activity's. Whatever its type, all of it counts as savable:
 * nothing is left out because a parcel could not hold it.
 */
internal class SavedState {
    private val registry = SaveableStateRegistry(restoredValues = null, canBeSaved = { true })

    /** Shows [content] with this registry, beside a text that is saved. */
    @Composable
    fun Provide(content: @Composable () -> Unit) =
        CompositionLocalProvider(LocalSaveableStateRegistry provides registry) {
            rememberSaveable { MARKER }
            content()
        }

    /** Returns every text in what would be saved now. Fails unless the content was composed, which saves the marker. */
    fun texts(): List<String> {
        val texts = texts(registry.performSave())
        check(MARKER in texts) { "the content was not composed" }
        return texts - MARKER
    }

    private fun texts(value: Any?): List<String> = when (value) {
        null, is Number, is Boolean, is Char, is Enum<*>, is Unit -> emptyList()
        is CharSequence -> listOf(value.toString())
        is State<*> -> texts(value.value)
        is Map<*, *> -> texts(value.keys) + texts(value.values)
        is Iterable<*> -> value.flatMap(::texts)
        is Array<*> -> value.flatMap(::texts)
        is Pair<*, *> -> texts(value.first) + texts(value.second)
        is Bundle -> value.keySet().flatMap { listOf(it) + texts(value.inside(it)) }
        is Parcelable -> listOf(value.toString())
        is IntArray, is LongArray, is FloatArray, is BooleanArray -> emptyList()
        else -> throw AssertionError("what does a ${value.javaClass} hold?")
    }

    // The typed replacement asks for a class, which is what is to be found out.
    @Suppress("DEPRECATION")
    private fun Bundle.inside(key: String) = get(key)

    private companion object {
        const val MARKER = "saved beside the content"
    }
}
