import FosCore

/// What stands at the root.
public enum Root: Hashable {
  /// Files and library are being opened.
  case opening
  /// They could not be, and this is why: ``AppModel/Action/open`` tries again.
  case failed(String)
  case gate(GateModel)
  case signIn(SignInModel)
  case mailSent(MailSentModel)
  case charter(CharterModel)
  case newPassword(FormModel)
  case services(ServicesModel)

  /// The screen's model, once the core is open.
  public var screen: (any Screen)? {
    switch self {
    case .opening, .failed: nil
    case .gate(let model): model
    case .signIn(let model): model
    case .mailSent(let model): model
    case .charter(let model): model
    case .newPassword(let model): model
    case .services(let model): model
    }
  }
}

/// A page over the root, or over another page.
public enum Page: Hashable {
  case passwordRequest(FormModel)
  case signIn(SignInModel)
  case service(ServiceModel)
  case start(StartModel)
  case changePassword(FormModel)
  case devices(DevicesModel)
  case charterReading(CharterModel)
  case help(HelpModel)
  case privacy(PrivacyModel)
  case licences(LicencesModel)
  case licence(LicenceModel)

  /// The screen's model.
  public var screen: any Screen {
    switch self {
    case .passwordRequest(let model): model
    case .signIn(let model): model
    case .service(let model): model
    case .start(let model): model
    case .changePassword(let model): model
    case .devices(let model): model
    case .charterReading(let model): model
    case .help(let model): model
    case .privacy(let model): model
    case .licences(let model): model
    case .licence(let model): model
    }
  }

  /// Help and what it leads to: shows over whatever stands in the way.
  var guides: Bool {
    switch self {
    case .help, .privacy, .licences, .licence: true
    default: false
    }
  }
}

/// A sheet over the space.
public enum Sheet: Hashable, Identifiable {
  case profile(ProfileModel)
  case signInAgain(FormModel)

  /// The screen's model.
  public var screen: any Screen {
    switch self {
    case .profile(let model): model
    case .signInAgain(let model): model
    }
  }

  public var id: Self { self }
}

/// Where a screen may lead.
enum Way {
  case passwordRequest, signIn
  case service(String)
  case start(String)
  case profile, devices, changePassword, charter, signInAgain
  case help, privacy, licences
  case licence(Licence)
  case back
  /// Away from a form that was sent.
  case sent(FormModel)
}
