import Books
import Glibc

/// Ctrl-C, or another wish that it ends, during a replay: the first asks it to stop and to write the report of what ran, the second ends the program.
let interruption = Interruption()

struct Interruption: Sendable {
  let cancellation = Cancellation()

  func install() {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      signal(number) { number in
        if interruption.cancellation.isRequested { _exit(128 + number) }
        interruption.cancellation.request()
      }
    }
  }
}
