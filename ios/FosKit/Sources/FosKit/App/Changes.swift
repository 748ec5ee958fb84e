import FosCore

/// Sequence of the core's changes. Each element holds everything that changed since the one before was
/// taken: a ``Change`` carries no data, so merging loses nothing.
public struct Changes: AsyncSequence, Sendable {
  private let stream: AsyncStream<Set<Change>>
  private let end: @Sendable () -> Void

  /// Subscribes. The first element contains every change, so that the reader starts from the present state.
  public init(of fos: Fos) { self.init(watching: { fos.observe(observer: $0) }) }

  init(watching begin: (any Observer) -> Subscription) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Set<Change>.self, bufferingPolicy: .bufferingNewest(1))
    let watch = begin(ChangeObserver(continuation: continuation))
    continuation.onTermination = { _ in watch.stop() }
    self.stream = stream
    end = { continuation.finish() }
  }

  /// Ends the subscription and, after the changes received so far, the sequence.
  public func stop() { end() }

  public func makeAsyncIterator() -> AsyncStream<Set<Change>>.Iterator {
    stream.makeAsyncIterator()
  }
}

/// Observer that passes changes into the stream. Called on a thread of the core, which it does not block.
private final class ChangeObserver: Observer {
  private let continuation: AsyncStream<Set<Change>>.Continuation

  init(continuation: AsyncStream<Set<Change>>.Continuation) { self.continuation = continuation }

  func onChange(change: Change) {
    // The buffer holds one element: a dropped one is merged into the new one.
    if case .dropped(let untold) = continuation.yield([change]) {
      continuation.yield(untold.union([change]))
    }
  }
}
