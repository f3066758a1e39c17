import Glibc
import Synchronization

/// How long this program has been stopped so far, in seconds.
private let secondsStoppedSoFar = Mutex(0.0)

/// How long this program has been stopped by Ctrl-Z so far, in seconds.
package var secondsStopped: Double { secondsStoppedSoFar.withLock { $0 } }

extension Doorbell {
  /// Stops the program, as Ctrl-Z would have if it did not ring here, until it is continued.
  package func stopUntilContinued() {
    let start = secondsOnSteadyClock()
    withoutCatching(SIGTSTP) { _ = raise(SIGTSTP) }
    let seconds = secondsOnSteadyClock() - start
    secondsStoppedSoFar.withLock { $0 += seconds }
  }

  /// Does something while a signal does what it does to other programs; one that was ignored stays ignored.
  package func withoutCatching<Result>(_ number: Int32, _ body: () throws -> Result) rethrows -> Result {
    if isIgnored(number) { return try body() }
    signal(number, SIG_DFL)
    defer { catchSignals([number]) }
    return try body()
  }
}
