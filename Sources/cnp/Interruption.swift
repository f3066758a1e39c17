import Base
import Books
import Glibc
import Synchronization

/// Ctrl-C, SIGUSR1, which `mpirun` and `srun` pass on to all ranks, or another wish that it ends, during a replay: the first
/// asks it to stop and to write the report of what ran, the second ends the program.
let interruption = Interruption()

/// Whether a signal has come to this rank of several, of which any may be asked first.
private let hasBeenAsked = Atomic<Bool>(false)

struct Interruption: Sendable {
  let cancellation = Cancellation()
  private let isAlone = Ranks.current.isAlone

  func install() {
    hasBeenAsked.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1] {
      signal(number) { number in
        let isSecond =
          interruption.isAlone
          ? interruption.cancellation.isRequested : hasBeenAsked.exchange(true, ordering: .relaxed)
        if isSecond { _exit(128 + number) }
        interruption.cancellation.request()
      }
    }
  }
}
