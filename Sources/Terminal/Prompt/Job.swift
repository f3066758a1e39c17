import Synchronization

/// Enough stack for programs as deep as the parser lets through; only pages that are touched cost memory.
private let deepStackBytes = 256 << 20

/// Starts work on a thread with a deep stack. Where memory is short a smaller stack still serves; where there is no
/// thread at all the work is done here.
private func startDeep(_ work: @escaping @Sendable () -> Void) {
  if !startThread(stackBytes: deepStackBytes, work), !startThread(stackBytes: deepStackBytes / 16, work) { work() }
}

/// Computes on a deep stack and waits for the result.
func onDeepStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
  let slot = Slot<Result>()
  startDeep { slot.fill(body()) }
  return slot.wait()
}

/// A computation on a thread of its own, which the prompt can wait for, or leave behind.
///
/// A thread cannot be ended from outside without leaving locks and memory in an unknown state. So a job that is left
/// behind runs on until it polls its host; what it computes is dropped, and nothing else of it reaches the session.
package final class Job<Outcome: Sendable>: Sendable {
  private let result = Mutex<Outcome?>(nil)

  /// Starts at once; rings the bell when the outcome is there.
  package init(bell: Doorbell, _ body: @escaping @Sendable () -> Outcome) {
    startDeep {
      let outcome = body()
      self.result.withLock { $0 = outcome }
      bell.ring()
    }
  }

  /// `nil` while it runs.
  package var outcome: Outcome? { result.withLock { $0 } }
}
