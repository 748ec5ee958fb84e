import FosCore
import Observation

/// View of a screen that the core reads from its files, off the main actor. While it is read again the one before stays,
/// and the read that was asked for last is the one that shows.
@MainActor @Observable public final class StoredView<View: Equatable & Sendable> {
  typealias Read = @Sendable () throws -> View

  /// The view; `nil` until it is read, or if it cannot be.
  public var view: View? { result?.view }
  /// Reason for which there is none, in the member's language.
  public var problem: String? { result?.problem }
  public private(set) var isReading = false

  private var result: ReadResult<View>?
  @ObservationIgnored private let concerns: Set<Change>
  @ObservationIgnored private var task: Task<Void, Never>?
  /// Call of the core that returns the view; another one is made at once.
  @ObservationIgnored var read: Read { didSet { readAgain() } }

  /// Begins to read what these changes concern, unless it was read already.
  init(_ view: View? = nil, of concerns: Set<Change>, _ read: @escaping Read) {
    self.concerns = concerns
    self.read = read
    if let view { result = ReadResult { view } } else { readAgain() }
  }

  /// Reads again what the changes concern.
  func update(_ changes: Set<Change>) { if !changes.isDisjoint(with: concerns) { readAgain() } }

  /// Reads again: after the read under way, and in place of one that has not begun.
  func readAgain() {
    let (before, read) = (task, read)
    before?.cancel()
    isReading = true
    task = Task {
      await before?.value
      guard !Task.isCancelled else { return }
      let new = await offMainActor { ReadResult(read) }
      guard !Task.isCancelled else { return }
      isReading = false
      if new != result { result = new }
    }
  }

  func waitUntilRead() async { while isReading { await task?.value } }
}

/// View of a screen, or the error in its place.
public struct ReadResult<View: Equatable & Sendable>: Equatable, Sendable {
  public let view: View?
  /// Reason for which there is none, in the member's language.
  public let problem: String?

  init(_ view: () throws -> View) {
    do {
      self.view = try view()
      problem = nil
    } catch {
      self.view = nil
      problem = FosError.text(of: error)
    }
  }
}
