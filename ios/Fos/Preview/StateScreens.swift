import FosCore
import FosKit
import SwiftUI

/// A named state on its screen, with the notices and the phrases that it has in the app.
struct StateScreen: View {
  let state: NamedState
  let file: NamedStates

  var body: some View {
    switch Result(catching: { try (screen(), notices()) }) {
    case .success(let (screen, notices)):
      NavigationStack { screen }.screenEnvironment(
        ScreenEnvironment(phrases: file.phrases, language: file.language, notices: notices))
    case .failure(let error): Text(verbatim: "\(error)")
    }
  }

  func notices() throws -> [NoticeView] {
    try state.notices.map { try $0.read(FfiConverterTypeNoticeView.read) }
  }

  /// Returns the screen over the state's views; throws if a view is missing, or of another version of the core.
  @ViewBuilder func screen() throws -> some View {
    switch state.screen {
    case "sign-in":
      SignInScreen(
        welcome: try view(1, by: FfiConverterTypeWelcomeView.read),
        form: try view(by: FfiConverterTypeFormView.read), problem: state.problem,
        working: state.working, secret: typed, send: { _ in }, type: { _ in })
    case "form", "sign-in-again": try form()
    case "form-loading":
      RequestFormPlaceholder(state: try state(FfiConverterTypeFormView.read)) { _ in }
    case "mail-sent":
      MailSentScreen(state: try state(FfiConverterTypePasswordSentView.read)) { _ in }
    case "charter":
      ReadCharter(state: try state(FfiConverterTypeCharterView.read) { $0.refuseQuestion })
    case "services":
      ServicesScreen(
        state: try state(FfiConverterTypeServicesView.read), search: .constant(state.search ?? "")
      ) { _ in }
    case "service" where state.views.isEmpty:
      ServiceScreen(state: ScreenState(unavailableReason: state.problem)) { _ in }
    case "service": ServiceScreen(state: try state(FfiConverterTypeServiceView.read)) { _ in }
    case "start":
      StartRequestScreen(
        state: try state(FfiConverterTypeStartView.read) { $0.startOverQuestion }
      ) { _ in }
    case "requests": RequestsScreen(state: try state(FfiConverterTypeRequestsView.read)) { _ in }
    case "request": RequestScreen(state: try state(FfiConverterTypeRequestView.read)) { _ in }
    case "queued-request":
      QueuedRequestScreen(
        state: try state(FfiConverterTypeQueuedRequestView.read) { $0.editQuestion }
      ) { _ in }
    case "profile": ProfileScreen(state: try state(FfiConverterTypeProfileView.read)) { _ in }
    case "devices": DevicesScreen(state: try state(FfiConverterTypeDevicesView.read)) { _ in }
    case "sign-out":
      SignOutScreen(
        state: try state(FfiConverterTypeSignOutConfirmation.read), answer: .sendNow
      ) { _ in }
    case "blocking": BlockingScreen(state: try state(FfiConverterTypeBlockingView.read)) { _ in }
    case "help": HelpScreen(view: try view(by: FfiConverterTypeHelpView.read)) { _ in }
    case "privacy": PrivacyScreen(view: try view(by: FfiConverterTypeReadingView.read))
    case "diagnostic":
      DiagnosticScreen(view: try view(by: FfiConverterTypeDiagnosticView.read)) { _ in }
    case "licences", "licence":
      BuiltLicences(
        title: file.phrases[.licences, default: ""], onlyFirst: state.screen == "licence")
    case "opening-failed": openingFailed
    case "toast": ToastView(toast: Toast(text: state.problem ?? ""))
    default: Text(verbatim: "no screen is called \(state.screen)")
    }
  }

  @ViewBuilder private func form() throws -> some View {
    let form = try view(by: FfiConverterTypeFormView.read)
    if let field = form.fields.first(where: { $0.key == state.search }) {
      OptionsScreen(
        key: field.key, label: field.label, found: field.options, search: .constant("")
      ) { _ in }
    } else {
      FormScreen(
        form: form, showsHelp: !["request-form", "sign-in-again"].contains(form.key),
        problem: state.problem, working: state.working, secret: typed, send: { _ in })
    }
  }

  private var openingFailed: some View {
    let failure = OpeningFailure(
      reason: state.problem, code: typed("code"),
      canOpenWithNewFiles: typed("new-files") == "true")
    // The system's strings in this language, whatever the Mac's is.
    let folder = Bundle.main.path(forResource: "\(file.language)", ofType: "lproj") ?? ""
    return OpeningFailedScreen(
      failure: failure, asking: state.confirming,
      words: LocalizedStrings(bundle: Bundle(path: folder) ?? .main),
      send: { _ in }, answer: { _ in })
  }

  private func typed(_ key: String) -> String { state.typed[key, default: ""] }

  private func state<Content>(
    _ read: ViewReader<Content>, question: (Content) -> QuestionView? = { _ in nil }
  ) throws -> ScreenState<Content> {
    // Without one the state shows why, or that it is on its way.
    let isMissing = state.views.isEmpty && (state.waits || state.problem != nil)
    let view = try isMissing ? nil : view(by: read)
    return ScreenState(
      view: view, problem: state.problem, working: state.working || state.waits,
      question: state.confirming ? view.flatMap(question) : nil)
  }

  private func view<Content>(_ place: Int = 0, by read: ViewReader<Content>) throws -> Content {
    guard place < state.views.count else { throw CocoaError(.coderValueNotFound) }
    return try state.views[place].read(read)
  }
}

/// The charter, which is read through once its end is in sight.
private struct ReadCharter: View {
  let state: ScreenState<CharterView>
  @State private var atEnd = false

  var body: some View {
    CharterScreen(
      name: "charter", state: state, finished: atEnd || state.working || state.question != nil
    ) { if case .reachedEnd = $0 { atEnd = true } }
  }
}

/// The licences of this build.
private struct BuiltLicences: View {
  let title: String
  let onlyFirst: Bool
  @State private var licences = Licences()

  var body: some View {
    Group {
      if onlyFirst, let part = licences.parts.first {
        LicenceScreen(title: title, part: part, texts: [])
      } else {
        LicencesScreen(title: title, licences: licences.parts) { _ in }
      }
    }
    .task { licences = await DeviceServices().licences() }
  }
}
