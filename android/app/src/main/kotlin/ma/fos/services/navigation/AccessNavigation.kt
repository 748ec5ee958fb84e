package ma.fos.services.navigation

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.feature.access.MailSentScreen
import ma.fos.services.feature.access.PasswordRequestScreen
import ma.fos.services.feature.access.SignInScreen
import ma.fos.services.ui.components.PredictiveBack

/** Back stacks of the two stages that have several screens, before the member is signed in. */
internal class AccessBackStacks(val welcome: BackStack, val passwordSent: BackStack)

@Composable
internal fun rememberAccessBackStacks() = AccessBackStacks(rememberBackStack(), rememberBackStack())

/** Sign-in, and over it the form that asks for a password. */
@Composable
internal fun WelcomeStage(core: CoreState, backStacks: AccessBackStacks) {
    val back = backStacks.welcome::pop
    if (backStacks.welcome.top == Route.PasswordRequest) {
        PredictiveBack(back) { PasswordRequestScreen(core, back, onSent = back) }
    } else {
        SignInScreen(core, onRequestPassword = { backStacks.welcome.push(Route.PasswordRequest) })
    }
}

/** The notice that the password was mailed, and over it sign-in. */
@Composable
internal fun PasswordSentStage(core: CoreState, backStacks: AccessBackStacks) {
    val back = backStacks.passwordSent::pop
    if (backStacks.passwordSent.top == Route.SignIn) {
        PredictiveBack(back) { SignInScreen(core, onRequestPassword = back, onBack = back) }
    } else {
        MailSentScreen(
            core,
            onPasswordReceived = { backStacks.passwordSent.push(Route.SignIn) },
            // Correcting the address returns to the Welcome stage, with the request form on top.
            onCorrectAddress = { showForm ->
                if (showForm) backStacks.welcome.replace(Route.PasswordRequest) else backStacks.welcome.replace()
            }
        )
    }
}
