package ma.fos.services.feature.access

import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.stateIn
import ma.fos.core.WelcomeView
import ma.fos.services.core.CoreState
import ma.fos.services.ui.forms.FormViewModel

/** View model of the sign-in screen: its form, and [welcome], which is in the member's language. */
internal class SignInViewModel(core: CoreState) : FormViewModel(core, core.forms.signIn) {
    private val language = action { copy(problem = firstProblem) }

    val welcome: StateFlow<WelcomeView> = core.changes { it.language }.drop(1).map { core.access.welcome() }
        .stateIn(viewModelScope, SharingStarted.Eagerly, core.access.welcome())

    /** Switches to the other language. */
    fun changeLanguage() = language.run { core.setLanguage(welcome.value.other) }
}
