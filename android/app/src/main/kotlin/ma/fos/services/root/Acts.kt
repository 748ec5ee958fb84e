package ma.fos.services.root

import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import ma.fos.core.FosException
import ma.fos.services.forms.Secrets
import ma.fos.services.text

/** What the member set going, and the secrets they were typing: both outlive the rotation of their screen. */
internal class Acts : ViewModel() {
    private val acts = mutableMapOf<String, Act>()
    private val secrets = mutableMapOf<String, Secrets>()

    /** The act of one button, by its key. */
    fun act(key: String): Act = acts.getOrPut(key) { Act(viewModelScope) }

    /** The secrets of one form, by its key: in this process's memory and nowhere else. */
    fun secrets(key: String): Secrets = secrets.getOrPut(key) { Secrets() }
}

/** One button's work: at work or not, and what went wrong the last time. */
@Stable
internal class Act(private val scope: CoroutineScope) {
    var working by mutableStateOf(false)
        private set
    var problem by mutableStateOf<String?>(null)
        private set

    /** Runs [work] unless it runs already: a second tap does nothing. */
    fun run(work: suspend () -> Unit) {
        if (working) return
        working = true
        problem = null
        scope.launch {
            try {
                work()
            } catch (failed: FosException) {
                problem = failed.text
            } finally {
                working = false
            }
        }
    }

    /** Forgets what went wrong: its screen was left. */
    fun settle() {
        problem = null
    }
}

internal val LocalActs = staticCompositionLocalOf<Acts> { error("no acts around") }
