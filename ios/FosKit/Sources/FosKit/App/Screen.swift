import FosCore

/// A screen's model: state to be read, and `send` as the one way in.
@MainActor public protocol Screen: AnyObject, Hashable {
  /// Its name in the journeys.
  var name: String { get }
  /// Actions that the member can start on it.
  var acts: [Act] { get }
  /// Problem of the last action, in the member's language.
  var problem: String? { get }
  /// Question over it, until that is answered.
  var question: QuestionView? { get }
  /// The answer: to do it, or to leave everything as it is.
  func answer(_ confirmed: Bool)
  /// Reads again what it shows of this.
  func hear(_ changes: Set<Change>)
  /// The member left it: secrets and problems go.
  func leave()
}

extension Screen {
  /// True while something runs that the member waits for.
  public var working: Bool { acts.contains { $0.working } }

  public var problem: String? { acts.compactMap(\.problem).first }

  public var question: QuestionView? { nil }

  public func answer(_ confirmed: Bool) {}

  public func leave() {
    answer(false)
    settle()
  }

  func settle() {
    for act in acts { act.settle() }
  }

  public nonisolated static func == (one: Self, other: Self) -> Bool {
    one === other
  }

  public nonisolated func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}

/// A view, or in its place what the core says instead.
public struct Read<View: Equatable & Sendable>: Equatable, Sendable {
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
