import FosCore

extension FosError {
  /// What it says to the member: finished words, in their language.
  public var text: String {
    switch self {
    case .Offline(let text), .TryLater(let text, _), .Refused(let text), .SignInAgain(let text),
      .UpdateNeeded(let text), .NotAllowed(let text), .Storage(let text), .Cancelled(let text),
      .Bug(let text, _):
      text
    }
  }
}
