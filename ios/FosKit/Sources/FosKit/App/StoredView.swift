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
  /// True while it is read.
  public private(set) var isReading = false

  private var result: ReadResult<View>?
  @ObservationIgnored private var task: Task<Void, Never>?

  /// Begins to read.
  init(_ read: @escaping Read) {
    self.read(read)
  }

  /// Begins with a view that was read already.
  init(_ view: View) {
    result = ReadResult { view }
  }

  /// Reads again: after the read under way, and in place of one that has not begun.
  func read(_ read: @escaping Read) {
    let before = task
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

  /// Waits until nothing is read any more.
  func waitUntilRead() async {
    while isReading { await task?.value }
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
      problem = FosError.text(of: error)
    }
  }
}
