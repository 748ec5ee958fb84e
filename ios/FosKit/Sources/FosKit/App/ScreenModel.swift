import FosCore

/// Model of a screen: read-only state, changed through `send` alone.
@MainActor public protocol ScreenModel: AnyObject, Hashable {
  /// Name of the screen in the journeys, and its accessibility identifier.
  var name: String { get }
  /// Actions that the member can start on it.
  var actions: [AsyncAction] { get }
  /// Problem of the last action, in the member's language.
  var problem: String? { get }
  /// Question to the member; `nil` when none is open.
  var question: QuestionView? { get }
  /// Answers the question: true confirms it.
  func answer(_ confirmed: Bool)
  /// Reads again what the changes concern.
  func update(_ changes: Set<Change>)
  /// Erases secrets and errors, when the screen is left.
  func didClose()
}

extension ScreenModel {
  /// True while an action runs.
  public var isRunning: Bool { actions.contains { $0.isRunning } }

  public var problem: String? { actions.compactMap(\.problem).first }

  public var question: QuestionView? { nil }

  public func answer(_ confirmed: Bool) {}

  public func didClose() {
    answer(false)
    clearErrors()
  }

  func clearErrors() {
    for action in actions { action.clearError() }
  }

  public nonisolated static func == (one: Self, other: Self) -> Bool {
    one === other
  }

  public nonisolated func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}

/// View of a screen, or the error in its place.
public struct ReadResult<View: Equatable & Sendable>: Equatable, Sendable {
  /// The view.
  public let view: View?
  /// Reason for which there is none, in the member's language.
  public let problem: String?

  init(_ view: () throws -> View) {
    do {
      self.view = try view()
      problem = nil
    } catch {
      self.view = nil
      problem = (error as? FosError)?.text
    }
  }
}
