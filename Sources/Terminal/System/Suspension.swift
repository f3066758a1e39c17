import Base
import Glibc
import Synchronization

/// How long this program has been stopped so far, and since when it is.
private let suspensions = Mutex((seconds: 0.0, start: Double?.none))

/// How long this program has been stopped by Ctrl-Z so far, in seconds.
package var secondsStopped: Double {
  suspensions.withLock { state in state.seconds + (state.start.map { secondsOnSteadyClock() - $0 } ?? 0) }
}

extension Doorbell {
  /// Stops the program, as Ctrl-Z would have if it did not ring here, until it is continued.
  package func stopUntilContinued() {
    // Other threads may go on before this one does.
    suspensions.withLock { $0.start = secondsOnSteadyClock() }
    withoutCatching(SIGTSTP) { _ = raise(SIGTSTP) }
    suspensions.withLock { state in
      state.seconds += state.start.map { secondsOnSteadyClock() - $0 } ?? 0
      state.start = nil
    }
  }

  /// Does something while a signal does what it does to other programs; one that was ignored stays ignored.
  package func withoutCatching<Result>(_ number: Int32, _ body: () throws -> Result) rethrows -> Result {
    if isIgnored(number) { return try body() }
    signal(number, SIG_DFL)
    defer { catchSignals([number]) }
    return try body()
  }
}
