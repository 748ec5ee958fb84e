import FosCore

public enum Root: Hashable {
  case opening
  case failed(OpeningFailedModel)
  case blocking(BlockingModel)
  case signIn(SignInModel)
  case mailSent(MailSentModel)
  case charter(CharterModel)
  case newPassword(FormModel)
  case space(SpaceModel)

  /// The model of the screen that shows.
  @MainActor public var screen: (any ScreenModel)? {
    switch self {
    case .opening: nil
    case .failed(let model): model
    case .blocking(let model): model
    case .signIn(let model): model
    case .mailSent(let model): model
    case .charter(let model): model
    case .newPassword(let model): model
    case .space(let space): space.screen(of: space.destination)
    }
  }

  @MainActor var screens: [any ScreenModel] {
    if let space { [space.services, space.requests] } else { [screen].compactMap(\.self) }
  }

  var space: SpaceModel? {
    if case .space(let space) = self { space } else { nil }
  }
}

extension Root {
  @MainActor init(of stage: Stage, _ environment: AppEnvironment) {
    switch stage {
    case .welcome: self = .signIn(SignInModel(environment))
    case .passwordSent: self = .mailSent(MailSentModel(environment))
    case .charter: self = .charter(CharterModel(environment, due: true))
    case .newPassword:
      self = .newPassword(FormModel(environment.access.newPassword(), environment))
    case .space: self = .space(SpaceModel(environment))
    }
  }
}

public enum Page: Hashable {
  case passwordRequest(FormModel)
  case signIn(SignInModel)
  case service(ServiceModel)
  case start(StartRequestModel)
  case requestForm(RequestFormModel)
  case options(OptionsModel)
  case request(RequestModel)
  case queued(QueuedRequestModel)
  case changePassword(FormModel)
  case devices(DevicesModel)
  case signOut(SignOutModel)
  case charterReading(CharterModel)
  case help(HelpModel)
  case privacy(PrivacyModel)
  case diagnostic(DiagnosticModel)
  case licences(LicencesModel)
  case licence(LicenceModel)

  public var screen: any ScreenModel {
    switch self {
    case .passwordRequest(let model): model
    case .signIn(let model): model
    case .service(let model): model
    case .start(let model): model
    case .requestForm(let model): model
    case .options(let model): model
    case .request(let model): model
    case .queued(let model): model
    case .changePassword(let model): model
    case .devices(let model): model
    case .signOut(let model): model
    case .charterReading(let model): model
    case .help(let model): model
    case .privacy(let model): model
    case .diagnostic(let model): model
    case .licences(let model): model
    case .licence(let model): model
    }
  }

  /// True for help and its subpages, which stay available while the app is blocked.
  var isHelp: Bool {
    switch self {
    case .help, .privacy, .diagnostic, .licences, .licence: true
    default: false
    }
  }
}

/// A sheet over the space.
public enum Sheet: Hashable, Identifiable {
  /// The profile, and the pages over it.
  case profile(ProfileModel, Router)
  case signInAgain(FormModel)

  @MainActor public var screen: any ScreenModel {
    switch self {
    case .profile(let model, let router): router.screen ?? model
    case .signInAgain(let model): model
    }
  }

  @MainActor var screens: [any ScreenModel] {
    switch self {
    case .profile(let model, let router): [model] + router.screens
    case .signInAgain(let model): [model]
    }
  }

  @MainActor var depth: Int {
    if case .profile(_, let router) = self { 1 + router.depth } else { 1 }
  }

  @MainActor func didClose() { for screen in screens { screen.didClose() } }

  public var id: Self { self }
}
