import Synchronization

/// A computation on a thread of its own, which the prompt can wait for, or leave behind.
///
/// A thread cannot be ended from outside without leaving locks and memory in an unknown state. So a job that is left
/// behind runs on until it polls its host; what it computes is dropped, and nothing else of it reaches the session.
package final class Job<Outcome: Sendable>: Sendable {
  /// Enough for programs as deep as the parser lets through; only pages that are touched cost memory.
  private static var stackBytes: Int { 256 << 20 }

  private let result = Mutex<Outcome?>(nil)

  /// Starts at once; rings the bell when the outcome is there.
  package init(bell: Doorbell, _ body: @escaping @Sendable () -> Outcome) {
    let work: @Sendable () -> Void = {
      let outcome = body()
      self.result.withLock { $0 = outcome }
      bell.ring()
    }
    // Where memory is short a smaller stack still serves; where there is no thread at all the job runs here.
    if !startThread(stackBytes: Self.stackBytes, work), !startThread(stackBytes: Self.stackBytes / 16, work) { work() }
  }

  /// `nil` while it runs.
  package var outcome: Outcome? { result.withLock { $0 } }
}
