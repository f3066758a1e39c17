import Glibc
import Synchronization

/// One piece of work that was timed, for profiles.
package struct Observation: Sendable {
  package enum Direction: String, Sendable { case forward, backward, update }

  /// The layer's name in its graph, or what else the work belongs to.
  package let layer: String
  /// As `convolution 3×3`.
  package let operation: String
  package let direction: Direction
  package let seconds: Double
  /// A multiplication and an addition counted as two; 0 where nobody counts.
  package let floatingPointOperations: Int
}

/// Who is told how long each operation takes: nobody, unless a profile is being made.
package enum Observer {
  private struct Watch: Sendable {
    let thread: pthread_t
    let tell: @Sendable (Observation) -> Void
  }
  // Not a task-local value: binding one outside a task crashes in the runtime of Swift 6.3.
  private static let watches = Mutex<[Watch]>([])
  private static let isAnyone = Atomic<Bool>(false)

  /// Tells `tell` of every operation that the calling thread orders inside `work`.
  package static func observing<Result, Failure: Error>(
    _ tell: @escaping @Sendable (Observation) -> Void, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let thread = pthread_self()
    watches.withLock { $0.append(Watch(thread: thread, tell: tell)) }
    isAnyone.store(true, ordering: .relaxed)
    defer {
      watches.withLock { watches in
        watches.removeAll { $0.thread == thread }
        isAnyone.store(!watches.isEmpty, ordering: .relaxed)
      }
    }
    return try work()
  }

  /// Runs `work`; tells the observer, if there is one, how long it took. The words are computed for an observer only.
  @inline(__always)
  static func watching(
    _ layer: @autoclosure () -> String, _ operation: @autoclosure () -> String, _ direction: Observation.Direction,
    floatingPointOperations: @autoclosure () -> Int = 0, _ work: () -> Void
  ) {
    guard isAnyone.load(ordering: .relaxed), let tell = observer() else { return work() }
    let start = ContinuousClock.now
    work()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    tell(
      Observation(
        layer: layer(), operation: operation(), direction: direction, seconds: seconds,
        floatingPointOperations: floatingPointOperations()))
  }

  private static func observer() -> (@Sendable (Observation) -> Void)? {
    let thread = pthread_self()
    return watches.withLock { $0.last { $0.thread == thread }?.tell }
  }
}
