import FosCore

extension FosError {
  /// Message for the member; `nil` for the problems of a form, which its view names.
  var text: String? {
    switch self {
    case .InvalidFields: nil
    case .Offline(let text), .TryLater(let text, _), .Refused(let text), .SignInAgain(let text),
      .UpdateNeeded(let text), .NotAllowed(let text), .Storage(let text), .Cancelled(let text),
      .Bug(let text, _):
      text
    }
  }

  /// Returns the message of an error that a call of the core has thrown. An error of another type is a mistake of the app, such as a file
  /// read on the main thread: it ends a debug build.
  static func text(of error: any Error) -> String? {
    guard let error = error as? FosError else {
      assertionFailure("\(error)")
      return nil
    }
    return error.text
  }
}
