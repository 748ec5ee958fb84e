import FosCore
import Observation

/// Guide step 4: the mail is on its way.
@MainActor @Observable public final class MailSentModel: ScreenModel {
  public enum Action {
    case signIn
    case correct, askAgain
  }

  /// The view at this moment, or the error in its place. From memory: its countdown is drawn once a second.
  public var read: ReadResult<PasswordSentView> {
    ReadResult { try environment.access.passwordSent() }
  }
  public let correcting = AsyncAction()
  public let asking = AsyncAction()

  private let environment: AppEnvironment

  init(_ environment: AppEnvironment) { self.environment = environment }

  public let name = "mail-sent"
  public var actions: [AsyncAction] { [correcting, asking] }

  public func send(_ action: Action) {
    switch action {
    case .signIn: environment.push(.signIn(SignInModel(environment)))
    case .correct:
      correcting.run(environment) { environment in
        try await environment.access.correctAddress()
        // The stage leads to the sign-in screen; the address is corrected where it was typed.
        environment.read()
        environment.requestPassword()
      }
    case .askAgain: asking.run(environment) { try await $0.access.requestAgain() }
    }
  }
}
