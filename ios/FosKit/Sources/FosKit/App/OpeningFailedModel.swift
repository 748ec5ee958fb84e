import FosCore
import Observation

/// Failure to open the core.
public struct OpeningFailure: Equatable, Sendable {
  /// Reason in the phone's language; `nil` where the core could not give one.
  public let reason: String?
  /// Code for the help desk, made as the core's are (`core/src/open_error.rs`).
  public let code: String
  /// True if the core opens without the stored files, which are kept.
  public let canOpenWithNewFiles: Bool

  /// Creates a failure; previews make them up.
  public init(reason: String?, code: String, canOpenWithNewFiles: Bool) {
    self.reason = reason
    self.code = code
    self.canOpenWithNewFiles = canOpenWithNewFiles
  }

  init(_ error: any Error, _ config: Config) {
    switch error as? OpenError {
    case .Storage(let text, let code):
      self.init(reason: text, code: code, canOpenWithNewFiles: true)
    case .Other(let text, let code): self.init(reason: text, code: code, canOpenWithNewFiles: false)
    case nil:
      self.init(reason: nil, code: "\(config.appVersion)-I-O-INTERNAL", canOpenWithNewFiles: false)
    }
  }
}

/// Page of a core that did not open: reason, code, advice and actions. Its other texts are generated from the core's phrases.
@MainActor @Observable public final class OpeningFailedModel: ScreenModel {
  public enum Action {
    case retry
    case openWithNewFiles, copy
  }

  public let failure: OpeningFailure
  /// True while the member is asked if the stored files are to be set aside.
  public private(set) var asking = false

  private let system: any SystemServices
  private let open: (_ withNewFiles: Bool) -> Void

  init(
    _ failure: OpeningFailure, system: any SystemServices,
    open: @escaping (_ withNewFiles: Bool) -> Void
  ) {
    self.failure = failure
    self.system = system
    self.open = open
  }

  public let name = "opening-failed"

  public func send(_ action: Action) {
    switch action {
    case .retry: open(false)
    case .openWithNewFiles: asking = failure.canOpenWithNewFiles
    case .copy: system.copy(failure.code)
    }
  }

  public func answer(_ confirmed: Bool) {
    guard asking else { return }
    asking = false
    if confirmed { open(true) }
  }
}
