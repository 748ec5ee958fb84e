import FosCore

/// Sequence of the core's changes. Each element holds everything that changed since the one before was
/// taken: a ``Change`` is an invalidation, so none is worth hearing twice.
public struct Changes: AsyncSequence, Sendable {
  private let stream: AsyncStream<Set<Change>>
  private let end: @Sendable () -> Void

  /// Begins to watch. The first element holds everything, so that who listens starts from what is.
  public init(of fos: Fos) {
    self.init(watching: { fos.observe(observer: $0) })
  }

  init(watching begin: (any Observer) -> Subscription) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Set<Change>.self, bufferingPolicy: .bufferingNewest(1))
    let watch = begin(Teller(continuation: continuation))
    continuation.onTermination = { _ in watch.stop() }
    self.stream = stream
    end = { continuation.finish() }
  }

  /// Ends the watching: the core forgets who watched, and the sequence ends once what was told is taken.
  public func stop() {
    end()
  }

  public func makeAsyncIterator() -> AsyncStream<Set<Change>>.Iterator {
    stream.makeAsyncIterator()
  }
}

/// Called from one thread of the core's own, and never waits there.
private final class Teller: Observer {
  private let continuation: AsyncStream<Set<Change>>.Continuation

  init(continuation: AsyncStream<Set<Change>>.Continuation) {
    self.continuation = continuation
  }

  func onChange(change: Change) {
    // There is room for one element: what it pushes out is told together with it.
    if case .dropped(let untold) = continuation.yield([change]) {
      continuation.yield(untold.union([change]))
    }
  }
}
