import Base
import Glibc
import Synchronization

/// The signals that ask the program to leave.
let leavingSignals: [Int32] = [SIGTERM, SIGHUP, SIGQUIT]

/// Why the prompt woke up.
package enum Ring: Sendable, Hashable {
  /// A signal reached the program.
  case signal(Int32)
  /// A job may have ended.
  case work
}

/// The descriptor a signal handler writes to: the only thing it may touch.
private let bellOfSignals = Atomic<Int32>(-1)

/// How often Ctrl-C has rung without having been answered. A handler may add to it.
private let interrupts = Atomic<Int>(0)

/// Whether Ctrl-C has been pressed, and nobody has answered it yet.
var isInterruptWaiting: Bool { interrupts.load(ordering: .relaxed) > 0 }

/// A pipe through which signals and finished jobs wake the prompt, so that everything else happens in plain code on
/// one thread and nothing in a signal handler.
package final class Doorbell: Sendable {
  package let descriptor: Int32
  private let writeEnd: Int32

  /// Fails when the program has no descriptors left.
  package init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    _ = bellOfSignals.compareExchange(expected: writeEnd, desired: -1, ordering: .relaxed)
    close(descriptor)
    close(writeEnd)
  }

  /// Says that a job may have ended. A full pipe rings anyway.
  package func ring() { writeOne(0) }

  /// Delivers a signal as the handler would.
  package func ring(signal number: Int32) {
    if number == SIGINT { interrupts.add(1, ordering: .relaxed) }
    writeOne(UInt8(truncatingIfNeeded: number))
  }

  private func writeOne(_ byte: UInt8) {
    var byte = byte
    _ = write(writeEnd, &byte, 1)
  }

  /// From now on these signals ring here instead of ending the program; one that was ignored stays ignored.
  package func catchSignals(_ numbers: [Int32]) {
    bellOfSignals.store(writeEnd, ordering: .relaxed)
    for number in numbers where !isIgnored(number) {
      signal(number) { number in
        let saved = errno
        if number == SIGINT { interrupts.add(1, ordering: .relaxed) }
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(bellOfSignals.load(ordering: .relaxed), &byte, 1)
        errno = saved
      }
    }
  }

  /// All rings since the last call, in order; does not wait.
  package func answer() -> [Ring] {
    let rings: [Ring] = (readSome(from: descriptor, limit: 256) ?? []).map { $0 == 0 ? .work : .signal(Int32($0)) }
    interrupts.subtract(rings.count { $0 == .signal(SIGINT) }, ordering: .relaxed)
    return rings
  }
}
