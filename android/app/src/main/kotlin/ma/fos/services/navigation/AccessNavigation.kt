package ma.fos.services.navigation

import androidx.compose.runtime.Composable
import ma.fos.services.core.CoreState
import ma.fos.services.feature.access.MailSentRoute
import ma.fos.services.feature.access.PasswordRequestRoute
import ma.fos.services.feature.access.SignInRoute

/** Back stacks of the two stages that have several screens, before the member is signed in. */
internal class AccessBackStacks(val welcome: BackStack, val passwordSent: BackStack)

@Composable
internal fun rememberAccessBackStacks() = AccessBackStacks(rememberBackStack(), rememberBackStack())

/** Sign-in, and over it the form that asks for a password. */
@Composable
internal fun WelcomeStage(core: CoreState, backStack: BackStack) = BackStackContent(
    backStack,
    root = { SignInRoute(core, onRequestPassword = { backStack.push(Route.PasswordRequest) }) },
    page = { PasswordRequestRoute(core, backStack::pop) }
)

/** The notice that the password was mailed, and over it sign-in. */
@Composable
internal fun PasswordSentStage(core: CoreState, backStacks: AccessBackStacks) = BackStackContent(
    backStacks.passwordSent,
    root = {
        MailSentRoute(
            core,
            onPasswordReceived = { backStacks.passwordSent.push(Route.SignIn) },
            // Correcting the address returns to the Welcome stage, with the request form on top.
            onCorrectAddress = { showForm ->
                backStacks.welcome.replace(listOf(Route.PasswordRequest).filter { showForm })
            }
        )
    },
    page = {
        val back = backStacks.passwordSent::pop
        SignInRoute(core, onRequestPassword = back, onBack = back)
    }
)
