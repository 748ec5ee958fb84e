import FosCore

/// Equal to itself alone.
public protocol HashableByIdentity: AnyObject, Hashable {}

extension HashableByIdentity {
  public static func == (one: Self, other: Self) -> Bool { one === other }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Model of a screen: read-only state, changed through `send` alone.
@MainActor public protocol ScreenModel: HashableByIdentity {
  /// Name of the screen in the journeys, and its accessibility identifier.
  var name: String { get }
  /// Actions that the member can start on it.
  var actions: [AsyncAction] { get }
  /// Problem of the last action, in the member's language.
  var problem: String? { get }
  /// Question to the member; `nil` when none is open.
  var question: QuestionView? { get }
  /// True while its view is read from the core's files.
  var isReading: Bool { get }
  func waitUntilRead() async
  /// Answers the question: true confirms it.
  func answer(_ confirmed: Bool)
  /// Reads again what the changes concern.
  func update(_ changes: Set<Change>)
  /// Erases secrets and errors, when the screen is left.
  func didClose()
}

/// Model of a screen whose view the core reads from its files.
@MainActor public protocol StoredScreenModel: ScreenModel {
  associatedtype View: Equatable & Sendable
  var read: StoredView<View> { get }
}

/// Model of a list that is fetched when it shows, and when the member pulls it down.
@MainActor public protocol ListModel: StoredScreenModel {
  var refreshing: AsyncAction { get }
  /// Fetches what is new; quietly where the member has only come here.
  func fetch(quiet: Bool)
}

extension ListModel {
  /// Fetches what is new, and waits until that has ended: the list was pulled down.
  public func refresh() async {
    fetch(quiet: false)
    await refreshing.waitUntilFinished()
  }
}

extension ScreenModel {
  public var isRunning: Bool { actions.contains { $0.isRunning } }

  public var actions: [AsyncAction] { [] }

  public var problem: String? { actions.compactMap(\.problem).first }

  public var question: QuestionView? { nil }

  public var isReading: Bool { false }

  public func waitUntilRead() async {}

  public func answer(_ confirmed: Bool) {}

  public func update(_ changes: Set<Change>) {}

  public func didClose() {
    answer(false)
    clearErrors()
  }

  func clearErrors() { for action in actions { action.clearError() } }
}

extension StoredScreenModel {
  public var isReading: Bool { read.isReading }

  public func update(_ changes: Set<Change>) { read.update(changes) }

  public func waitUntilRead() async { await read.waitUntilRead() }
}
