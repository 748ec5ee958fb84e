package ma.fos.services.root

import androidx.compose.runtime.Composable
import androidx.compose.runtime.MutableState
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import ma.fos.services.FosLive
import ma.fos.services.access.MailSentScreen
import ma.fos.services.access.PasswordRequestScreen
import ma.fos.services.access.SignInScreen
import ma.fos.services.parts.Leavable

/** State of the stages that have two screens, before the member is inside. */
@Stable
internal class Doors(asking: MutableState<Boolean>, signing: MutableState<Boolean>) {
    /** In Welcome: the member asks for a password instead of signing in. */
    var asking by asking

    /** In PasswordSent: the member has the mail and signs in with it. */
    var signing by signing
}

@Composable
internal fun rememberDoors(): Doors =
    Doors(rememberSaveable { mutableStateOf(false) }, rememberSaveable { mutableStateOf(false) })

/** Sign-in, and the way to a password. */
@Composable
internal fun Welcome(live: FosLive, doors: Doors) {
    val back = { doors.asking = false }
    if (doors.asking) {
        Leavable(back) { PasswordRequestScreen(live, back, onSent = back) }
    } else {
        SignInScreen(live, onAsk = { doors.asking = true })
    }
}

/** The mail is on its way, and sign-in with what it brings. */
@Composable
internal fun PasswordSent(live: FosLive, doors: Doors) {
    val back = { doors.signing = false }
    if (doors.signing) {
        Leavable(back) { SignInScreen(live, onAsk = back, onBack = back) }
    } else {
        // The address is corrected where it was typed: the stage changes to Welcome, on the request's screen.
        MailSentScreen(live, onHaveIt = { doors.signing = true }, onCorrect = { doors.asking = it })
    }
}
