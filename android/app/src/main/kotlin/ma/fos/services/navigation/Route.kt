package ma.fos.services.navigation

/**
 * Page above the screen of a stage or of a top-level destination. [name] and [argument] form its [key] in saved state.
 */
internal sealed class Route(private val name: String, private val argument: String? = null) {
    /** Password request form; guide step 3. */
    data object PasswordRequest : Route("password-request")

    /** Sign-in with the mailed password; guide step 5. */
    data object SignIn : Route("sign-in")

    /** A service, by its [id]. */
    data class Service(val id: String) : Route("service", id)

    /** Documents and conditions of a request, before its form; guide step 8. */
    data class StartRequest(val service: String) : Route("start", service)

    /** Form of a service. */
    data class RequestForm(val service: String) : Route("request-form", service)

    /** A request on file, by its [id]. */
    data class Request(val id: String) : Route("request", id)

    /** An entry of the outbox, by its idempotency key. */
    data class QueuedRequest(val entry: String) : Route("queued-request", entry)

    /** Form that changes the password. */
    data object ChangePassword : Route("change-password")

    /** Devices that are signed in. */
    data object Devices : Route("devices")

    /** The accepted charter, to be read again. */
    data object Charter : Route("charter-reading")

    /** Confirmation before sign-out with unsent work. */
    data object SignOut : Route("sign-out")

    /** Help. */
    data object Help : Route("help")

    /** Statement on privacy. */
    data object Privacy : Route("privacy")

    /** List of the licences. */
    data object Licences : Route("licences")

    /** Texts of one licence, by the component's [component]. */
    data class Licence(val component: String) : Route("licence", component)

    /** Diagnostic lines for the help desk. */
    data object Diagnostic : Route("diagnostic")

    /** Key of the page in saved state, and of the state that its composables save. */
    val key: String get() = if (argument == null) name else "$name:$argument"

    /** True if the page lies over both panes of a wide window: it belongs to no list. */
    val isFullScreen: Boolean get() = this == ChangePassword || this == Devices || this == Charter || this == SignOut

    companion object {
        private val routesWithoutArgument by lazy {
            val all = listOf(
                PasswordRequest,
                SignIn,
                ChangePassword,
                Devices,
                Charter,
                SignOut,
                Help,
                Privacy,
                Licences,
                Diagnostic
            )
            all.associateBy(Route::key)
        }

        private val routesWithArgument: Map<String, (String) -> Route> = mapOf(
            "service" to ::Service,
            "start" to ::StartRequest,
            "request-form" to ::RequestForm,
            "request" to ::Request,
            "queued-request" to ::QueuedRequest,
            "licence" to ::Licence
        )

        /** Returns the page with this [key]; `null` for a key of another version of the app. */
        fun of(key: String): Route? =
            routesWithoutArgument[key] ?: routesWithArgument[key.substringBefore(':')]?.invoke(key.substringAfter(':'))
    }
}
