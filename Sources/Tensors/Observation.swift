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

/// Who is told how long each operation takes. Nobody, unless a profile is being made:
/// `Observer.$current.withValue({ … }) { … }` observes everything computed inside by the calling thread.
package enum Observer {
  @TaskLocal package static var current: (@Sendable (Observation) -> Void)?

  /// Runs `work`; tells the observer, if there is one, how long it took. The words are computed for an observer only.
  @inline(__always)
  static func watching(
    _ layer: @autoclosure () -> String, _ operation: @autoclosure () -> String, _ direction: Observation.Direction,
    floatingPointOperations: @autoclosure () -> Int = 0, _ work: () -> Void
  ) {
    guard let current else { return work() }
    let start = ContinuousClock.now
    work()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    current(
      Observation(
        layer: layer(), operation: operation(), direction: direction, seconds: seconds,
        floatingPointOperations: floatingPointOperations()))
  }
}
