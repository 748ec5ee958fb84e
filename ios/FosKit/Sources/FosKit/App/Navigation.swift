import FosCore

public enum Root: Hashable {
  case opening
  case page(Page)
  case space(SpaceModel)

  /// The model of the screen that shows.
  @MainActor public var screen: (any ScreenModel)? {
    switch self {
    case .opening: nil
    case .page(let page): page.screen
    case .space(let space): space.screen(of: space.destination)
    }
  }

  @MainActor var screens: [any ScreenModel] {
    if let space { [space.services, space.requests] } else { [screen].compactMap(\.self) }
  }

  var space: SpaceModel? {
    if case .space(let space) = self { space } else { nil }
  }

  var isBlocking: Bool {
    if case .page(.blocking) = self { true } else { false }
  }
}

extension Root {
  @MainActor init(of stage: Stage, _ environment: AppEnvironment) {
    switch stage {
    case .welcome: self = .page(.signIn(SignInModel(environment)))
    case .passwordSent: self = .page(.mailSent(MailSentModel(environment)))
    case .charter: self = .page(.charter(CharterModel(environment, due: true)))
    case .newPassword:
      self = .page(.form(FormModel(environment.access.newPassword(), environment)))
    case .space: self = .space(SpaceModel(environment))
    }
  }
}

/// A screen with its model: a root, a page over one, or a sheet.
public enum Page: Hashable, Identifiable {
  case failed(OpeningFailedModel)
  case blocking(BlockingModel)
  case signIn(SignInModel)
  case mailSent(MailSentModel)
  case charter(CharterModel)
  /// A form that is a whole screen: password request, new password, change of password.
  case form(FormModel)
  case service(ServiceModel)
  case start(StartRequestModel)
  case requestForm(RequestFormModel)
  case options(OptionsModel)
  case request(RequestModel)
  case queued(QueuedRequestModel)
  case profile(ProfileModel)
  case signInAgain(FormModel)
  case devices(DevicesModel)
  case signOut(SignOutModel)
  case help(HelpModel)
  case privacy(PrivacyModel)
  case diagnostic(DiagnosticModel)
  case licences(LicencesModel)
  case licence(LicenceModel)

  public var screen: any ScreenModel {
    switch self {
    case .failed(let model): model
    case .blocking(let model): model
    case .signIn(let model): model
    case .mailSent(let model): model
    case .charter(let model): model
    case .form(let model), .signInAgain(let model): model
    case .service(let model): model
    case .start(let model): model
    case .requestForm(let model): model
    case .options(let model): model
    case .request(let model): model
    case .queued(let model): model
    case .profile(let model): model
    case .devices(let model): model
    case .signOut(let model): model
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

  /// Page that shows in its place, once it is read.
  @MainActor var replacement: Page? {
    if case .start(let model) = self { model.replacement } else { nil }
  }

  func isForm(of service: String) -> Bool {
    if case .requestForm(let model) = self { model.service == service } else { false }
  }

  /// Pages over the profile, which is a sheet.
  @MainActor var router: Router? {
    if case .profile(let model) = self { model.pages } else { nil }
  }

  public var id: Self { self }
}
