package ma.fos.services.preview

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import ma.fos.core.FfiConverterTypeBlockingView
import ma.fos.core.FfiConverterTypeCharterView
import ma.fos.core.FfiConverterTypeDevicesView
import ma.fos.core.FfiConverterTypeDiagnosticView
import ma.fos.core.FfiConverterTypeFormView
import ma.fos.core.FfiConverterTypeHelpView
import ma.fos.core.FfiConverterTypePasswordSentView
import ma.fos.core.FfiConverterTypeProfileView
import ma.fos.core.FfiConverterTypeQueuedRequestView
import ma.fos.core.FfiConverterTypeReadingView
import ma.fos.core.FfiConverterTypeRequestView
import ma.fos.core.FfiConverterTypeRequestsView
import ma.fos.core.FfiConverterTypeServiceView
import ma.fos.core.FfiConverterTypeServicesView
import ma.fos.core.FfiConverterTypeSignOutConfirmation
import ma.fos.core.FfiConverterTypeStartView
import ma.fos.core.FfiConverterTypeWelcomeView
import ma.fos.core.FormView
import ma.fos.core.OptionView
import ma.fos.core.UnsentWork
import ma.fos.services.core.ActionState
import ma.fos.services.core.LoadFailure
import ma.fos.services.core.ReadResult
import ma.fos.services.feature.access.BlockingScreen
import ma.fos.services.feature.access.CharterScreen
import ma.fos.services.feature.access.CharterUiState
import ma.fos.services.feature.access.MailSentScreen
import ma.fos.services.feature.access.MailSentUiState
import ma.fos.services.feature.access.SignInAgainSheet
import ma.fos.services.feature.access.SignInNavigation
import ma.fos.services.feature.access.SignInScreen
import ma.fos.services.feature.account.DevicesScreen
import ma.fos.services.feature.account.DevicesUiState
import ma.fos.services.feature.account.ProfileScreen
import ma.fos.services.feature.account.ProfileUiState
import ma.fos.services.feature.account.SignOutScreen
import ma.fos.services.feature.account.SignOutUiState
import ma.fos.services.feature.help.Component
import ma.fos.services.feature.help.DiagnosticNavigation
import ma.fos.services.feature.help.DiagnosticScreen
import ma.fos.services.feature.help.HelpNavigation
import ma.fos.services.feature.help.HelpScreen
import ma.fos.services.feature.help.LicenceScreen
import ma.fos.services.feature.help.LicencesScreen
import ma.fos.services.feature.help.OpeningFailedActions
import ma.fos.services.feature.help.OpeningFailedScreen
import ma.fos.services.feature.help.PrivacyScreen
import ma.fos.services.feature.requests.QueuedRequestScreen
import ma.fos.services.feature.requests.QueuedRequestUiState
import ma.fos.services.feature.requests.RequestFormPlaceholder
import ma.fos.services.feature.requests.RequestScreen
import ma.fos.services.feature.requests.RequestUiState
import ma.fos.services.feature.requests.RequestsScreen
import ma.fos.services.feature.requests.RequestsUiState
import ma.fos.services.feature.services.ServiceScreen
import ma.fos.services.feature.services.ServiceUiState
import ma.fos.services.feature.services.ServicesScreen
import ma.fos.services.feature.services.ServicesUiState
import ma.fos.services.feature.services.StartRequestScreen
import ma.fos.services.feature.services.StartRequestUiState
import ma.fos.services.ui.components.SnackbarCard
import ma.fos.services.ui.components.margins
import ma.fos.services.ui.components.topInset
import ma.fos.services.ui.forms.FormEvents
import ma.fos.services.ui.forms.FormScreen
import ma.fos.services.ui.forms.FormUiState

/** The screen of the state. */
@Composable
internal fun NamedState.Screen() = when (screen) {
    "sign-in", "sign-in-again", "form", "form-loading", "mail-sent", "charter" -> AccessScreen()
    "services", "service", "start", "requests", "request", "queued-request" -> SpaceScreen()
    "profile", "devices", "sign-out" -> AccountScreen()
    else -> OtherScreen()
}

@Composable
private fun NamedState.AccessScreen() {
    val secrets = remember { secrets() }
    when (screen) {
        "sign-in" -> SignInScreen(
            formState(),
            checkNotNull(view(FfiConverterTypeWelcomeView, 1)),
            secrets,
            NoFormEvents,
            SignInNavigation(onBack = if (typed("back") == null) null else ({}))
        )

        "sign-in-again" -> SignInAgainSheet(formState(), secrets, NoFormEvents, {})

        "form" -> {
            val state = formState()
            val onBack = if (state.form.key == "new-password") null else ({})
            FormScreen(state, secrets, ListedOptions(state.form), onBack, isRequest = state.form.key == "request-form")
        }

        "form-loading" -> RequestFormPlaceholder(problem)

        "mail-sent" -> MailSentScreen(
            MailSentUiState(ReadResult(view(FfiConverterTypePasswordSentView)), problem, asking = working),
            {}
        )

        else -> {
            val view = view(FfiConverterTypeCharterView)
            val onBack = if (view?.accepted == null) null else ({})
            val state = CharterUiState(view, problem = problem, accepting = working, isConfirming = confirming)
            CharterScreen(state, {}, onBack)
        }
    }
}

@Composable
private fun NamedState.SpaceScreen() = when (screen) {
    "services" -> ServicesScreen(
        ServicesUiState(ReadResult(view(FfiConverterTypeServicesView)), problem, working),
        TextFieldState(search.orEmpty()),
        {}
    )

    "service" -> {
        val view = view(FfiConverterTypeServiceView)
        val gone = problem.takeIf { view == null }
        ServiceScreen(ServiceUiState(ReadResult(view, gone), problem.takeIf { view != null }, working), {})
    }

    "start" -> StartRequestScreen(
        StartRequestUiState(ReadResult(view(FfiConverterTypeStartView)), problem, isConfirming = confirming),
        {}
    )

    "requests" -> RequestsScreen(RequestsUiState(ReadResult(view(FfiConverterTypeRequestsView))), {})

    "request" -> RequestScreen(RequestUiState(ReadResult(view(FfiConverterTypeRequestView))), {})

    else -> QueuedRequestScreen(
        QueuedRequestUiState(ReadResult(view(FfiConverterTypeQueuedRequestView)), isConfirming = confirming),
        {}
    )
}

@Composable
private fun NamedState.AccountScreen() = when (screen) {
    "profile" ->
        ProfileScreen(ProfileUiState(ReadResult(view(FfiConverterTypeProfileView)), signingOut = working), {})

    "devices" -> DevicesScreen(DevicesUiState(view(FfiConverterTypeDevicesView), problem, working), {})

    else -> {
        val view = view(FfiConverterTypeSignOutConfirmation)
        val working = UnsentWork.SEND_NOW.takeIf { working }
        SignOutScreen(SignOutUiState(view, problem = problem, working = working), {})
    }
}

@Composable
private fun NamedState.OtherScreen() = when (screen) {
    "blocking" ->
        BlockingScreen(checkNotNull(view(FfiConverterTypeBlockingView)), ActionState(working, problem)) {}

    "help" -> HelpScreen(checkNotNull(view(FfiConverterTypeHelpView)), HelpNavigation({}, {}, {}, {})) {}

    "privacy" -> PrivacyScreen(checkNotNull(view(FfiConverterTypeReadingView))) {}

    "diagnostic" ->
        DiagnosticScreen(checkNotNull(view(FfiConverterTypeDiagnosticView)), DiagnosticNavigation({}, {}, {}))

    "licences" -> LicencesScreen(components, {}, {})

    "licence" -> LicenceScreen(components.last()) {}

    "opening-failed" -> OpeningFailedScreen(
        LoadFailure(problem, checkNotNull(typed("code")), canOpenWithNewFiles = typed("new-files") != null),
        confirming,
        OpeningFailedActions({}, {}, {})
    )

    "toast" -> Box(Modifier.topInset().margins()) { SnackbarCard(problem.orEmpty()) }

    else -> error("no screen is called $screen")
}

private fun NamedState.formState() =
    FormUiState(checkNotNull(view(FfiConverterTypeFormView)), problem, working, searching = search)

/** Events that nobody listens to. */
internal object NoFormEvents : FormEvents {
    override fun set(key: String, input: String) = input

    override fun pickDay(key: String, day: Long) = Unit

    override fun openField(key: String) = Unit

    override fun find(key: String, text: String) = emptyList<OptionView>()

    override fun blur(key: String) = Unit

    override fun previous() = Unit

    override fun openSection(section: UInt) = Unit

    override fun submit() = Unit
}

/** The same, and every search finds all options. */
private class ListedOptions(private val form: FormView) : FormEvents by NoFormEvents {
    override fun find(key: String, text: String) = form.fields.first { it.key == key }.options
}

/** Two of the app's components, whose licences the build collects. */
private val components = listOf(
    Component("androidx.compose.foundation.foundation-layout-android", "1.10.5", "Apache-2.0", listOf(LICENCE)),
    Component("rustls", "0.23.35", "Apache-2.0 OR ISC OR MIT", listOf(LICENCE))
)

private const val LICENCE =
    "Permission is hereby granted, free of charge, to any person.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\"."
