package ma.fos.services.feature.account

import ma.fos.core.Language
import ma.fos.core.ProfileView
import ma.fos.core.Theme
import ma.fos.core.UnsentWork
import ma.fos.services.core.CoreState
import ma.fos.services.core.ReadResult
import ma.fos.services.core.ScreenViewModel

/** State of the sheet of the profile. */
internal data class ProfileUiState(
    val read: ReadResult<ProfileView> = ReadResult(),
    val problem: String? = null,
    val signingOut: Boolean = false
)

/** Action on the sheet of the profile. */
internal sealed interface ProfileAction {
    /** Stores the member's language. */
    data class SetLanguage(val language: Language) : ProfileAction

    /** Stores the member's theme. */
    data class SetTheme(val theme: Theme) : ProfileAction

    /** Signs out, unless there is unsent work. */
    data object SignOut : ProfileAction
}

/** View model of the sheet of the profile; its event is that unsent work needs a confirmation before the sign-out. */
internal class ProfileViewModel(core: CoreState) : ScreenViewModel<ProfileUiState, Unit>(core, ProfileUiState()) {
    private val settings = action { copy(problem = firstProblem) }
    private val signOut = action { copy(problem = firstProblem, signingOut = it.isRunning) }

    init {
        observe(core.changes { it.language to it.theme }, { core.account.profile() }) { copy(read = it) }
    }

    fun onAction(action: ProfileAction) = when (action) {
        is ProfileAction.SetLanguage -> settings.run { core.setLanguage(action.language) }

        is ProfileAction.SetTheme -> settings.run { core.setTheme(action.theme) }

        ProfileAction.SignOut -> signOut.run {
            val confirmation = core.onWorker { core.account.signOutConfirmation() }
            if (confirmation == null) core.account.signOut(UnsentWork.KEEP) else send(Unit)
        }
    }
}
