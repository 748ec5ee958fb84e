import FosCore

extension FosError {
  /// Localized message, ready for display.
  public var text: String {
    switch self {
    case .Offline(let text), .TryLater(let text, _), .Refused(let text), .SignInAgain(let text),
      .UpdateNeeded(let text), .NotAllowed(let text), .Storage(let text), .Cancelled(let text),
      .Bug(let text, _):
      text
    }
  }
}
